package io.salient.standalone.demo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.norm.LayerNorm;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A small BERT in DJL's array operations, which can be differentiated. Parameters have the names
 * that Transformers gives them in {@code BertForSequenceClassification}; one more, {@code
 * mlm.weight}, is for pre-training only and is not saved.
 */
final class DemoModel implements AutoCloseable {
  static final int LAYERS = 4;
  static final int HIDDEN = 96;
  static final int HEADS = 4;
  static final int INNER = 192;
  static final int POSITIONS = 48;
  static final float EPSILON = 1e-12f;

  /** The name of the matrix that predicts masked words. */
  static final String MASKED_WORDS = "mlm.weight";

  private static final float DEVIATION = 0.05f;

  private final NDManager manager;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();

  /**
   * 1 / sqrt(units per head). An array, not a Java number: DJL turns a number into a view of a
   * buffer of its own, and the gradient would read that buffer after it was freed.
   */
  private final NDArray attentionScale;

  DemoModel(NDManager manager, int vocabulary) {
    this.manager = manager;
    this.attentionScale = manager.create((float) Math.sqrt((double) HEADS / HIDDEN));
    normal("bert.embeddings.word_embeddings.weight", vocabulary, HIDDEN);
    normal("bert.embeddings.position_embeddings.weight", POSITIONS, HIDDEN);
    normal("bert.embeddings.token_type_embeddings.weight", 2, HIDDEN);
    norm("bert.embeddings.LayerNorm");
    for (int layer = 0; layer < LAYERS; layer++) {
      String block = "bert.encoder.layer." + layer + ".";
      linear(block + "attention.self.query", HIDDEN, HIDDEN);
      linear(block + "attention.self.key", HIDDEN, HIDDEN);
      linear(block + "attention.self.value", HIDDEN, HIDDEN);
      linear(block + "attention.output.dense", HIDDEN, HIDDEN);
      norm(block + "attention.output.LayerNorm");
      linear(block + "intermediate.dense", INNER, HIDDEN);
      linear(block + "output.dense", HIDDEN, INNER);
      norm(block + "output.LayerNorm");
    }
    linear("classifier", DemoLexicon.TOPICS.size(), HIDDEN);
    normal(MASKED_WORDS, vocabulary, HIDDEN);
  }

  private void linear(String name, int outputs, int inputs) {
    normal(name + ".weight", outputs, inputs);
    put(name + ".bias", manager.zeros(new Shape(outputs)));
  }

  private void norm(String name) {
    put(name + ".weight", manager.ones(new Shape(HIDDEN)));
    put(name + ".bias", manager.zeros(new Shape(HIDDEN)));
  }

  private void normal(String name, int rows, int columns) {
    put(name, manager.randomNormal(0, DEVIATION, new Shape(rows, columns), DataType.FLOAT32));
  }

  private void put(String name, NDArray value) {
    value.setRequiresGradient(true);
    parameters.put(name, value);
  }

  /** All parameters by name. */
  Map<String, NDArray> parameters() {
    return parameters;
  }

  /**
   * Hidden states of all layers.
   *
   * @param ids batch x length token ids
   * @param mask batch x length, 1 for tokens and 0 for padding
   * @return LAYERS + 1 arrays of batch x length x HIDDEN, the output of the embeddings first; they
   *     belong to the manager of ids
   */
  NDList hiddenStates(NDArray ids, NDArray mask) {
    long batch = ids.getShape().get(0);
    long length = ids.getShape().get(1);
    NDArray positions =
        ids.getManager()
            .arange((int) length)
            .toType(DataType.INT64, false)
            .reshape(1, length)
            .broadcast(batch, length);
    NDArray x =
        embed("word", ids)
            .add(embed("position", positions))
            .add(embed("token_type", ids.zerosLike()));
    x = norm("bert.embeddings.LayerNorm", x);
    NDArray scores = mask.sub(1).mul(1e9f).reshape(batch, 1, 1, length);
    NDList states = new NDList(x);
    for (int layer = 0; layer < LAYERS; layer++) {
      x = block("bert.encoder.layer." + layer + ".", x, scores);
      states.add(x);
    }
    return states;
  }

  private NDArray block(String name, NDArray x, NDArray scores) {
    NDArray attended =
        linear(name + "attention.output.dense", attention(name + "attention.self.", x, scores));
    NDArray middle = norm(name + "attention.output.LayerNorm", attended.add(x));
    NDArray inner = Activation.gelu(linear(name + "intermediate.dense", middle));
    return norm(name + "output.LayerNorm", linear(name + "output.dense", inner).add(middle));
  }

  private NDArray attention(String name, NDArray x, NDArray scores) {
    long batch = x.getShape().get(0);
    long length = x.getShape().get(1);
    NDArray query = heads(linear(name + "query", x), batch, length).transpose(0, 2, 1, 3);
    NDArray key = heads(linear(name + "key", x), batch, length).transpose(0, 2, 3, 1);
    NDArray value = heads(linear(name + "value", x), batch, length).transpose(0, 2, 1, 3);
    NDArray weights = query.matMul(key).mul(attentionScale).add(scores).softmax(-1);
    return weights.matMul(value).transpose(0, 2, 1, 3).reshape(batch, length, HIDDEN);
  }

  private static NDArray heads(NDArray x, long batch, long length) {
    return x.reshape(batch, length, HEADS, HIDDEN / HEADS);
  }

  private NDArray embed(String table, NDArray ids) {
    NDArray weights = parameters.get("bert.embeddings." + table + "_embeddings.weight");
    return Embedding.embedding(ids, weights, SparseFormat.DENSE).singletonOrThrow();
  }

  private NDArray norm(String name, NDArray x) {
    return LayerNorm.layerNorm(
            x,
            new Shape(HIDDEN),
            parameters.get(name + ".weight"),
            parameters.get(name + ".bias"),
            EPSILON)
        .singletonOrThrow();
  }

  NDArray linear(String name, NDArray x) {
    return x.matMul(parameters.get(name + ".weight").transpose())
        .add(parameters.get(name + ".bias"));
  }

  /** Scores of all words at all positions, for pre-training. */
  NDArray maskedWordScores(NDArray lastState) {
    return lastState.matMul(parameters.get(MASKED_WORDS).transpose());
  }

  /** Scores of the topics, from the first token's last state. */
  NDArray topicScores(NDArray lastState) {
    return linear("classifier", lastState.get(":, 0"));
  }

  @Override
  public void close() {
    parameters.values().forEach(NDArray::close);
    attentionScale.close();
  }
}

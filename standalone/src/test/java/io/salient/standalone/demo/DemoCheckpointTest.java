package io.salient.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.checkpoint.TokenizerFiles;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.model.Encoders;
import io.salient.extractor.model.WordBatch;
import io.salient.extractor.tokenization.WordTokenizer;
import io.salient.torch.SafetensorsFile;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo writes is what the services read. */
class DemoCheckpointTest {
  private static final long SEED = 3;
  private static final Offset<Float> TOLERANCE = Offset.offset(1e-4f);

  private final DemoVocabulary vocabulary = new DemoVocabulary();
  private final List<DemoCorpus.Sentence> sentences = DemoCorpus.sentences(200, SEED);

  @TempDir Path run;

  @BeforeAll
  static void start() {
    TorchEngine.start();
  }

  private Path write(DemoModel model) throws IOException {
    return new CheckpointWriter(run, vocabulary).write(0, model, List.of());
  }

  private DemoModel trained(NDManager manager, int steps) {
    manager.getEngine().setRandomSeed((int) SEED);
    DemoModel model = new DemoModel(manager, vocabulary.size());
    DemoTraining training = new DemoTraining(model, vocabulary, sentences, 1e-3f, SEED);
    for (int step = 0; step < steps; step++) {
      training.fineTune();
    }
    return model;
  }

  @Test
  void shouldGiveTheExtractorTheHiddenStatesOfTheDemosOwnForward() throws IOException {
    try (NDManager manager = TorchEngine.newManager();
        DemoModel model = trained(manager, 2)) {
      // given two sentences of one length, and what the demo's own model makes of them
      List<long[]> ids = ofOneLength();
      NDArray own = manager.create(ids.toArray(long[][]::new)[0]).reshape(1, -1);
      own = own.concat(manager.create(ids.get(1)).reshape(1, -1), 0);
      NDList expected = model.hiddenStates(own, manager.ones(new Shape(2, ids.get(0).length)));

      // when the extractor reads the checkpoint
      try (CheckpointFolder folder = CheckpointFolder.open(write(model));
          Encoder encoder = Encoders.load(folder)) {
        WordBatch.Word[] words = {new WordBatch.Word(0, 1, 1)};
        NDList states =
            encoder.hiddenStates(manager, new WordBatch(ids.toArray(long[][]::new), words));

        // then every layer is the same
        assertThat(states).hasSize(DemoModel.LAYERS + 1).hasSameSizeAs(expected);
        for (int layer = 0; layer < states.size(); layer++) {
          assertThat(states.get(layer).toFloatArray())
              .as("layer %d", layer)
              .containsExactly(expected.get(layer).toFloatArray(), TOLERANCE);
        }
      }
    }
  }

  private List<long[]> ofOneLength() {
    List<long[]> encoded =
        sentences.stream().map(s -> longs(vocabulary.encode(s.words()))).toList();
    long[] first = encoded.getFirst();
    long[] second =
        encoded.stream()
            .filter(ids -> ids.length == first.length && !Arrays.equals(ids, first))
            .findFirst()
            .orElseThrow();
    return List.of(first, second);
  }

  private static long[] longs(int[] ids) {
    return Arrays.stream(ids).asLongStream().toArray();
  }

  @Test
  void shouldWriteATokenizerThatSplitsAsTheTrainingDid() throws IOException {
    try (NDManager manager = TorchEngine.newManager();
        DemoModel model = trained(manager, 0);
        WordTokenizer tokenizer =
            WordTokenizer.load(
                new TokenizerFiles(write(model), "bert", TokenizerFiles.Kind.JSON))) {
      assertThat(tokenizer.largestId()).isEqualTo(vocabulary.size() - 1L);
      for (DemoCorpus.Sentence sentence : sentences) {
        List<String> words = sentence.words().stream().map(DemoCorpus.Word::form).toList();
        assertThat(tokenizer.tokenize(words).all())
            .as(String.join(" ", words))
            .containsExactly(longs(vocabulary.encode(sentence.words())));
      }
    }
  }

  @Test
  void shouldWriteEveryParameterButThatOfThePretraining() throws IOException {
    try (NDManager manager = TorchEngine.newManager();
        DemoModel model = trained(manager, 1);
        SafetensorsFile file = SafetensorsFile.open(write(model).resolve("model.safetensors"))) {
      assertThat(file.tensors().keySet())
          .doesNotContain(DemoModel.MASKED_WORDS)
          .contains("bert.encoder.layer.3.output.LayerNorm.bias", "classifier.weight")
          .hasSize(model.parameters().size() - 1);
      for (Map.Entry<String, NDArray> parameter : model.parameters().entrySet()) {
        if (!parameter.getKey().equals(DemoModel.MASKED_WORDS)) {
          assertThat(file.load(manager, parameter.getKey()).toFloatArray())
              .as(parameter.getKey())
              .containsExactly(parameter.getValue().toFloatArray());
        }
      }
    }
  }
}

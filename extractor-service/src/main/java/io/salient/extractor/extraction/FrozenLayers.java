package io.salient.extractor.extraction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.model.WordBatch;
import io.salient.extractor.tokenization.ExtractionCorpus;
import io.salient.schemas.avro.Aggregation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Partial work: where the lower layers of a checkpoint are those of the checkpoint before (frozen
 * in training), their activations are not computed again.
 *
 * <pre>
 * first checkpoint     computed; its layers' keys are noted
 * second               computed; layers 0..m have the first one's keys: their word vectors, and
 *                      layer m's whole output, are kept for as many batches as the bound allows
 * third and later      batches that were kept start from there, if layer m's key is the same
 * </pre>
 *
 * The records are the same bytes with and without. What is kept is one file of at most the bound's
 * size, unlinked while it is used: words x (layers sent up to m) x H and subwords x H floats, 1 GB
 * for 25,000 words of BERT-base with 10 of 12 blocks frozen. One run at a time gains; another one
 * starts over.
 *
 * <p>Used by one thread.
 */
final class FrozenLayers implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(FrozenLayers.class);

  private final Path folder;
  private final long mostBytes;
  private Subject subject;
  private List<String> keysBefore = List.of();
  private KeptBatches kept;
  private String keptKey;

  /** What keys are compared within. The plan is the corpus under one tokenizer. */
  private record Subject(
      ExtractionCorpus.Plan plan, Aggregation aggregation, List<Integer> layers) {
    @SuppressWarnings(
        "ReferenceEquality") // a corpus keeps the plan of a tokenizer; equal ones cost
    boolean is(Subject other) {
      return other != null
          && plan == other.plan
          && aggregation == other.aggregation
          && layers.equals(other.layers);
    }
  }

  /**
   * @param folder where the file lies
   * @param mostBytes of the file; 0 keeps nothing and computes no keys
   */
  FrozenLayers(Path folder, long mostBytes) {
    this.folder = folder;
    this.mostBytes = mostBytes;
  }

  /** The way that one checkpoint's batches are computed. */
  interface Words {
    /** One vector per word, of the layers that are sent: words x (layers x H). */
    NDArray of(NDManager manager, int batch, WordBatch words);

    /** Layers, embeddings included, that batches need not compute again; 0 for none. */
    default int reused() {
      return 0;
    }
  }

  /**
   * Compares a checkpoint with the one before.
   *
   * @param layers those that are sent, by the model's own numbers, ascending
   */
  Words begin(Encoder encoder, ExtractionCorpus.Plan plan, Aggregation aggregation, int... layers) {
    Words plain = (manager, batch, words) -> encoder.words(manager, words, aggregation, layers);
    if (mostBytes == 0) {
      return plain;
    }
    Subject now = new Subject(plan, aggregation, Arrays.stream(layers).boxed().toList());
    List<String> keys = encoder.layerKeys();
    List<String> before = now.is(subject) ? keysBefore : List.of();
    boolean usable = kept != null && now.is(subject) && keys.get(kept.layer()).equals(keptKey);
    subject = now;
    keysBefore = keys;
    if (!usable) {
      forget();
      // The last layer sent is never a boundary: with all frozen the records are another's.
      int layer = Math.min(common(before, keys), layers[layers.length - 1]) - 1;
      if (layer < 1 || !keep(encoder, plan, layer, upTo(layer, layers), keys.get(layer))) {
        return plain;
      }
    }
    return new FromKept(encoder, aggregation, layers, kept);
  }

  /** How many of the layers that are sent lie at or below one. */
  private static int upTo(int layer, int[] layers) {
    return (int) Arrays.stream(layers).filter(sent -> sent <= layer).count();
  }

  private static int common(List<String> before, List<String> now) {
    int common = 0;
    while (common < Math.min(before.size(), now.size())
        && before.get(common).equals(now.get(common))) {
      common++;
    }
    return common;
  }

  private boolean keep(
      Encoder encoder, ExtractionCorpus.Plan plan, int layer, int sent, String key) {
    try {
      kept = KeptBatches.create(folder, mostBytes, plan, layer, sent, encoder.hiddenSize());
      keptKey = key;
      return true;
    } catch (IOException e) {
      LOG.warnf(
          "frozen layers are computed each time: %s (salient.extractor.state-dir): %s",
          folder, e.getMessage());
      return false;
    }
  }

  private void forget() {
    if (kept != null) {
      kept.close();
      kept = null;
    }
  }

  @Override
  public void close() {
    forget();
  }

  /** Batches from what is kept, and into it. */
  @SuppressWarnings("ArrayRecordComponent") // private, never compared
  private record FromKept(Encoder encoder, Aggregation aggregation, int[] layers, KeptBatches kept)
      implements Words {
    @Override
    public int reused() {
      return kept.filled() == 0 ? 0 : kept.layer() + 1;
    }

    @Override
    public NDArray of(NDManager manager, int batch, WordBatch words) {
      int layer = kept.layer();
      if (kept.has(batch)) {
        int[] above = Arrays.stream(layers).filter(sent -> sent > layer).toArray();
        try (NDManager scratch = manager.newSubManager()) {
          NDArray state = kept.state(scratch, batch, words);
          NDArray upper = encoder.wordsAbove(scratch, words, aggregation, layer, state, above);
          NDArray all =
              above.length == layers.length
                  ? upper
                  : kept.vectors(scratch, batch, words).concat(upper, 1);
          all.attach(manager);
          return all;
        }
      }
      if (!kept.fits(batch)) {
        return encoder.words(manager, words, aggregation, layers);
      }
      NDList both = encoder.wordsAndState(manager, words, aggregation, layer, layers);
      kept.put(batch, both.get(0), both.get(1));
      both.get(1).close();
      return both.get(0);
    }
  }
}

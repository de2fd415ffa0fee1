package io.salient.probe;

import io.salient.schemas.ActivationCodec;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.Aggregation;
import io.salient.schemas.avro.ConceptInfo;
import io.salient.schemas.avro.CorpusInfo;
import io.salient.schemas.avro.Encoding;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.LabelCodes;
import io.salient.schemas.avro.Provenance;
import io.salient.schemas.avro.SplitBy;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A checkpoint of 2 layers by 4 units and 200 words in sentences of 5. For each word, neuron (layer
 * 1, unit 2) tells its label of concept "planted"; concept "single" has one label.
 *
 * @param step training step; also the seed
 * @param baseline announced as one
 */
public record PlantedCheckpoint(long step, boolean baseline) {
  static {
    TopicSerdes.activations(); // Avro copies records of a package once a serde has trusted it
  }

  public static final String RUN = "run";
  public static final int WORDS = 200;
  public static final int WIDTH = 8;
  public static final int PLANTED_NEURON = 6;
  public static final int BLOCK = 20;
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  public PlantedCheckpoint(long step) {
    this(step, false);
  }

  public String id() {
    return "id" + step;
  }

  public ExtractionStarted started() {
    return ExtractionStarted.newBuilder()
        .setRun(RUN)
        .setStep(step)
        .setCheckpointId(id())
        .setBaseline(baseline)
        .setCorpus(
            CorpusInfo.newBuilder()
                .setName("words.conllu")
                .setSplit(SplitBy.POSITION)
                .setHash("hash")
                .setWords(WORDS)
                .setSentenceStarts(
                    IntStream.range(0, WORDS / 5).mapToObj(sentence -> 5 * sentence).toList())
                .build())
        .setLayers(2)
        .setHiddenSize(4)
        .setConcepts(
            List.of(
                new ConceptInfo("planted", List.of("A", "B")),
                new ConceptInfo("single", List.of("only"))))
        .setRows(WORDS)
        .setTruncatedWords(3)
        .setDroppedWords(1)
        .setEncoding(Encoding.FLOAT32)
        .setProvenance(
            Provenance.newBuilder()
                .setVersion("test")
                .setCheckpointUri("/run/checkpoint-" + step)
                .setCheckpointId(id())
                .setModelType("bert")
                .setCorpus("words.conllu")
                .setCorpusHash("hash")
                .setAggregation(Aggregation.LAST)
                .setSeed(1)
                .build())
        .setAnnouncedAt(START)
        .build();
  }

  /** All blocks, in the order of the corpus. */
  public List<ActivationBlock> blocks() {
    List<ActivationBlock> blocks = new ArrayList<>();
    for (int first = 0; first < WORDS; first += BLOCK) {
      blocks.add(block(IntStream.range(first, first + BLOCK).boxed().toList()));
    }
    return blocks;
  }

  /** The rows of some words. */
  public ActivationBlock block(List<Integer> words) {
    float[] values = new float[words.size() * WIDTH];
    List<Integer> planted = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      System.arraycopy(row(words.get(i)), 0, values, i * WIDTH, WIDTH);
      planted.add(label(words.get(i)));
    }
    return ActivationBlock.newBuilder()
        .setRun(RUN)
        .setStep(step)
        .setCheckpointId(id())
        .setRows(words)
        .setSentences(words.stream().map(word -> word / 5).toList())
        .setWords(words.stream().map(word -> "w" + word).toList())
        .setLabels(
            List.of(
                new LabelCodes(planted), new LabelCodes(words.stream().map(word -> 0).toList())))
        .setEncoding(Encoding.FLOAT32)
        .setActivations(ActivationCodec.encode(MemorySegment.ofArray(values), Encoding.FLOAT32))
        .build();
  }

  /** Label code of a word, the same at every step. */
  private static int label(int word) {
    return (word * 0x9E3779B9) >>> 31;
  }

  /** Activations of a word: correlated noise, and the planted neuron. */
  public float[] row(int word) {
    Random random = new Random(1_000 * step + word);
    float common = (float) random.nextGaussian();
    float[] row = new float[WIDTH];
    for (int d = 0; d < WIDTH; d++) {
      row[d] = common + (float) random.nextGaussian() + 10 * d;
    }
    row[PLANTED_NEURON] += 8 * label(word);
    return row;
  }
}

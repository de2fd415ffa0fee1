package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.tokenization.ExtractionCorpus;
import io.salient.schemas.ActivationCodec;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.Encoding;
import io.salient.schemas.avro.LabelCodes;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cuts the rows of a batch into blocks that stay under {@link #LIMIT} bytes each, so that no broker
 * setting has to change: 22 rows of BERT-base, one of a model with 131,072 neurons in 16 bits.
 */
final class BlockCutter {
  /** Bytes of a whole record. */
  static final int LIMIT = 900_000;

  /** Row and sentence index, length of the word: five bytes at most, each. */
  private static final int FIXED_BYTES_PER_ROW = 15;

  private static final int BYTES_PER_CODE = 5;

  /** Header of the encoding, checkpoint id, step, lengths. */
  private static final int FIXED_BYTES = 512;

  private final ExtractionCorpus corpus;
  private final String run;
  private final long step;
  private final String checkpointId;
  private final int width;
  private final Encoding encoding;
  private final int concepts;

  BlockCutter(
      ExtractionCorpus corpus,
      String run,
      long step,
      String checkpointId,
      int width,
      Encoding encoding) {
    this.corpus = corpus;
    this.run = run;
    this.step = step;
    this.checkpointId = checkpointId;
    this.width = width;
    this.encoding = encoding;
    this.concepts = corpus.concepts().size();
  }

  /**
   * Cuts.
   *
   * @param rows corpus word index of each row
   * @param vectors float32 rows x width, native order
   * @return number of blocks
   * @throws CheckpointException when a single row does not fit
   */
  int cut(int[] rows, MemorySegment vectors, Consumer<ActivationBlock> blocks) {
    int count = 0;
    int start = 0;
    while (start < rows.length) {
      int end = end(rows, start);
      long rowBytes = 4L * width;
      MemorySegment part = vectors.asSlice(start * rowBytes, (end - start) * rowBytes);
      blocks.accept(block(rows, start, end, part));
      start = end;
      count++;
    }
    return count;
  }

  /** First row that does not fit into a block that begins at a row. */
  private int end(int[] rows, int start) {
    long bytes = FIXED_BYTES + 5L * concepts + run.getBytes(StandardCharsets.UTF_8).length;
    int end = start;
    while (end < rows.length) {
      bytes += bytes(rows[end]);
      if (bytes > LIMIT) {
        break;
      }
      end++;
    }
    if (end == start) {
      throw new CheckpointException(
          "block.row-too-large",
          "one row of "
              + width
              + " neurons is "
              + bytes
              + " bytes, over the "
              + LIMIT
              + " of a record"
              + (encoding == Encoding.FLOAT32
                  ? ": set salient.extractor.encoding to float16 or bfloat16"
                  : ""));
    }
    return end;
  }

  private long bytes(int row) {
    return (long) width * ActivationCodec.size(encoding)
        + FIXED_BYTES_PER_ROW
        + (long) concepts * BYTES_PER_CODE
        + corpus.word(row).getBytes(StandardCharsets.UTF_8).length;
  }

  private ActivationBlock block(int[] rows, int start, int end, MemorySegment vectors) {
    List<Integer> indices = new ArrayList<>();
    List<Integer> sentences = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (int i = start; i < end; i++) {
      indices.add(rows[i]);
      sentences.add(corpus.sentence(rows[i]));
      words.add(corpus.word(rows[i]));
    }
    return ActivationBlock.newBuilder()
        .setRun(run)
        .setStep(step)
        .setCheckpointId(checkpointId)
        .setRows(indices)
        .setSentences(sentences)
        .setWords(words)
        .setLabels(labels(rows, start, end))
        .setEncoding(encoding)
        .setActivations(encode(vectors))
        .build();
  }

  private java.nio.ByteBuffer encode(MemorySegment vectors) {
    try {
      return ActivationCodec.encode(vectors, encoding);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("activations.out-of-range", e.getMessage(), e);
    }
  }

  private List<LabelCodes> labels(int[] rows, int start, int end) {
    List<LabelCodes> labels = new ArrayList<>();
    for (int concept = 0; concept < concepts; concept++) {
      List<Integer> codes = new ArrayList<>();
      for (int i = start; i < end; i++) {
        codes.add(corpus.code(concept, rows[i]));
      }
      labels.add(new LabelCodes(codes));
    }
    return labels;
  }
}

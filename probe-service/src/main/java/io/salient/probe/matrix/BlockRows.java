package io.salient.probe.matrix;

import io.salient.schemas.ActivationCodec;
import io.salient.schemas.AvroSerde;
import io.salient.schemas.DeadLetterReason;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.UndecodableRecordException;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.LabelCodes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Checks the blocks of one checkpoint and writes their rows to its matrix. */
public final class BlockRows {
  private static final AvroSerde<SpecificRecord> SERDE = TopicSerdes.activations();

  private final ExtractionStarted started;
  private final int width;

  /** Blocks of the checkpoint that this record opened. */
  public BlockRows(ExtractionStarted started) {
    this.started = started;
    this.width = started.getLayers() * started.getHiddenSize();
  }

  /** The layout of the checkpoint's matrix. */
  public static MatrixFile.Shape shape(
      String key, ExtractionStarted started, MatrixEncoding encoding) {
    return new MatrixFile.Shape(
        key,
        started.getCorpus().getWords(),
        started.getLayers() * started.getHiddenSize(),
        started.getConcepts().size(),
        encoding);
  }

  /** A block that cannot be used: goes to the dead letters. */
  public static final class BadBlockException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient DeadLetterReason reason;

    BadBlockException(DeadLetterReason reason, String message) {
      super(message);
      this.reason = reason;
    }

    /** Why. */
    public DeadLetterReason reason() {
      return reason;
    }
  }

  /**
   * Decodes and checks a block.
   *
   * @return rows x D float32 in native order
   * @throws BadBlockException when width, rows, labels or values are not what the checkpoint's
   *     opening says
   */
  public MemorySegment check(ActivationBlock block) {
    List<Integer> rows = block.getRows();
    int count = rows.size();
    long expected = (long) count * width * ActivationCodec.size(block.getEncoding());
    if (block.getActivations().remaining() != expected) {
      throw new BadBlockException(
          DeadLetterReason.WRONG_WIDTH,
          block.getActivations().remaining()
              + " bytes of activations, expected "
              + expected
              + " for "
              + count
              + " rows of "
              + width
              + " neurons");
    }
    for (int row : rows) {
      if (row < 0 || row >= started.getCorpus().getWords()) {
        throw new BadBlockException(
            DeadLetterReason.INVALID_FIELD,
            "row " + row + " of a corpus of " + started.getCorpus().getWords() + " words");
      }
    }
    if (block.getWords().size() != count) {
      throw new BadBlockException(
          DeadLetterReason.INVALID_FIELD,
          block.getWords().size() + " words for " + count + " rows");
    }
    checkLabels(block, count);
    float[] values = new float[Math.multiplyExact(count, width)];
    MemorySegment segment = MemorySegment.ofArray(values);
    ActivationCodec.decode(block.getActivations(), block.getEncoding(), segment);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new BadBlockException(
            DeadLetterReason.NON_FINITE,
            values[i] + " at word " + rows.get(i / width) + ", neuron " + i % width);
      }
    }
    return segment;
  }

  private void checkLabels(ActivationBlock block, int count) {
    if (block.getLabels().size() != started.getConcepts().size()) {
      throw new BadBlockException(
          DeadLetterReason.WRONG_LABELS,
          block.getLabels().size()
              + " lists of labels, expected one for each of "
              + started.getConcepts().size()
              + " concepts");
    }
    for (int concept = 0; concept < started.getConcepts().size(); concept++) {
      LabelCodes codes = block.getLabels().get(concept);
      int labels = started.getConcepts().get(concept).getLabels().size();
      if (codes.getCodes().size() != count
          || codes.getCodes().stream().anyMatch(code -> code < -1 || code >= labels)) {
        throw new BadBlockException(
            DeadLetterReason.WRONG_LABELS,
            "labels of "
                + started.getConcepts().get(concept).getName()
                + " do not match "
                + count
                + " rows and "
                + labels
                + " labels");
      }
    }
  }

  /**
   * Writes rows that are not there yet.
   *
   * @param block checked
   * @param values its rows
   * @param seen rows that are there; grows
   * @return how many were new
   */
  public int write(ActivationBlock block, MemorySegment values, MatrixFile matrix, BitSet seen) {
    int written = 0;
    for (int i = 0; i < block.getRows().size(); i++) {
      int row = block.getRows().get(i);
      if (!seen.get(row)) {
        write(block, values, i, matrix);
        seen.set(row);
        written++;
      }
    }
    return written;
  }

  private void write(ActivationBlock block, MemorySegment values, int i, MatrixFile matrix) {
    int[] codes = block.getLabels().stream().mapToInt(labels -> labels.getCodes().get(i)).toArray();
    long bytes = (long) width * ValueLayout.JAVA_FLOAT.byteSize();
    matrix.write(
        block.getRows().get(i), values.asSlice(i * bytes, bytes), codes, block.getWords().get(i));
  }

  /**
   * Writes the missing rows of a record of the log, when it is a block of this checkpoint; all else
   * was told of when it came.
   */
  public void writeIfOf(byte[] record, MatrixFile matrix, BitSet missing) {
    if (record == null) {
      return;
    }
    try {
      if (SERDE.decode(record) instanceof ActivationBlock block && isOf(block)) {
        MemorySegment values = check(block);
        for (int i = 0; i < block.getRows().size(); i++) {
          if (missing.get(block.getRows().get(i))) {
            write(block, values, i, matrix);
          }
        }
      }
    } catch (UndecodableRecordException | BadBlockException e) {
      return; // a dead letter already
    }
  }

  private boolean isOf(ActivationBlock block) {
    return block.getRun().equals(started.getRun())
        && block.getStep() == started.getStep()
        && block.getCheckpointId().equals(started.getCheckpointId());
  }
}

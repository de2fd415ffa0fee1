package io.salient.probe.topology;

import io.salient.streams.state.StateFormatException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * How far a checkpoint is.
 *
 * <pre>
 * offset 0    1 byte    version, 2; version 1 has no ends, and what is final in it has all tiers
 * offset 1    1 byte    stage, its code
 * offset 2    4 bytes   partition, big-endian as all numbers here
 * offset 6    8 bytes   offset of the record that opened it
 * offset 14   8 bytes   offset of the last block taken in
 * offset 22   8 bytes   offset of the block that completed it, -1 before
 * offset 30   3 bytes   ends of noise, noise again (once of null similarities) and evaluation,
 *                       their codes
 * offset 33   rest      rows that are there, BitSet.toByteArray
 * </pre>
 *
 * @param stage where it stands
 * @param partition of the activations topic
 * @param first offset of the record that opened it
 * @param last offset of the last block taken in
 * @param completed offset of the block that completed it, -1 before: the order of final fits
 * @param ends of what follows the final probes
 * @param rows words that are there
 */
record CheckpointProgress(
    Stage stage, int partition, long first, long last, long completed, Ends ends, BitSet rows) {
  /** Raise it when the layout changes, and go on reading the ones before. */
  static final byte VERSION = 2;

  /** All in one job: the version that knew no tiers. */
  private static final byte ONE_JOB = 1;

  private static final int HEADER = 33;

  /** Where a checkpoint stands. */
  enum Stage {
    /** Rows are missing. */
    RECEIVING('R'),
    /** All rows are there, the final probes are not. */
    COMPLETE('C'),
    /** The final probes are there. */
    FINAL('F'),
    /** Its activations are gone before it was fitted. */
    LOST('L'),
    /** It could not be fitted. */
    FAILED('X');

    private final byte code;

    Stage(char code) {
      this.code = (byte) code;
    }

    private static Stage of(byte code) {
      for (Stage stage : values()) {
        if (stage.code == code) {
          return stage;
        }
      }
      throw new IllegalStateException("no stage has the code " + code);
    }
  }

  /** Whether a tier is still to be done. */
  enum End {
    /** Yes. */
    OPEN('O'),
    /** Its results are there. */
    DONE('D'),
    /** It could not be done. */
    FAILED('X'),
    /** It was not asked for when the probes became final. */
    LEFT_OUT('-');

    private final byte code;

    End(char code) {
      this.code = (byte) code;
    }

    private static End of(byte code) {
      for (End end : values()) {
        if (end.code == code) {
          return end;
        }
      }
      throw new IllegalStateException("no end of a tier has the code " + code);
    }
  }

  /**
   * What follows the final probes.
   *
   * @param noise halves of the train sentences
   * @param evaluation all that the final probes are put to
   */
  record Ends(End noise, End evaluation) {
    static final Ends OPEN = new Ends(End.OPEN, End.OPEN);

    private static final Ends DONE = new Ends(End.DONE, End.DONE);

    Ends withNoise(End how) {
      return new Ends(how, evaluation);
    }

    Ends withEvaluation(End how) {
      return new Ends(noise, how);
    }
  }

  static CheckpointProgress opened(int partition, long offset) {
    return new CheckpointProgress(
        Stage.RECEIVING, partition, offset, offset, -1, Ends.OPEN, new BitSet());
  }

  /** After a block: the rows grew. */
  CheckpointProgress taken(long offset, int expectedRows) {
    boolean complete = rows.cardinality() >= expectedRows;
    return new CheckpointProgress(
        complete ? Stage.COMPLETE : Stage.RECEIVING,
        partition,
        first,
        Math.max(last, offset),
        complete ? offset : -1,
        ends,
        rows);
  }

  CheckpointProgress ended(Stage how) {
    return new CheckpointProgress(how, partition, first, last, completed, ends, rows);
  }

  CheckpointProgress with(Ends now) {
    return new CheckpointProgress(stage, partition, first, last, completed, now, rows);
  }

  static Serde<CheckpointProgress> serde() {
    return Serdes.serdeFrom(
        (topic, progress) -> progress == null ? null : progress.encode(),
        (topic, bytes) -> bytes == null ? null : decode(bytes));
  }

  private byte[] encode() {
    byte[] bits = rows.toByteArray();
    return ByteBuffer.allocate(HEADER + bits.length)
        .put(VERSION)
        .put(stage.code)
        .putInt(partition)
        .putLong(first)
        .putLong(last)
        .putLong(completed)
        .put(ends.noise().code)
        .put(ends.noise().code)
        .put(ends.evaluation().code)
        .put(bits)
        .array();
  }

  private static CheckpointProgress decode(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte version = buffer.get();
    if (version != VERSION && version != ONE_JOB) {
      throw new StateFormatException("progress." + version, ProbeStores.PROGRESS, "");
    }
    Stage stage = Stage.of(buffer.get());
    return new CheckpointProgress(
        stage,
        buffer.getInt(),
        buffer.getLong(),
        buffer.getLong(),
        buffer.getLong(),
        version == ONE_JOB ? endsOfOneJob(stage) : ends(buffer),
        BitSet.valueOf(buffer));
  }

  private static Ends ends(ByteBuffer buffer) {
    End noise = End.of(buffer.get());
    End.of(buffer.get()); // of null similarities, which are measured no longer
    return new Ends(noise, End.of(buffer.get()));
  }

  private static Ends endsOfOneJob(Stage stage) {
    return stage == Stage.FINAL ? Ends.DONE : Ends.OPEN;
  }
}

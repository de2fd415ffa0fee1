package io.salient.probe.topology;

import io.salient.schemas.StateFormatException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * How far a checkpoint is.
 *
 * <pre>
 * offset 0    1 byte    version, 1
 * offset 1    1 byte    stage, its code
 * offset 2    4 bytes   partition, big-endian as all numbers here
 * offset 6    8 bytes   offset of the record that opened it
 * offset 14   8 bytes   offset of the last block taken in
 * offset 22   8 bytes   offset of the block that completed it, -1 before
 * offset 30   rest      rows that are there, BitSet.toByteArray
 * </pre>
 *
 * @param stage where it stands
 * @param partition of the activations topic
 * @param first offset of the record that opened it
 * @param last offset of the last block taken in
 * @param completed offset of the block that completed it, -1 before: the order of final fits
 * @param rows words that are there
 */
record CheckpointProgress(
    Stage stage, int partition, long first, long last, long completed, BitSet rows) {
  /** Raise it when the layout changes, and go on reading the ones before. */
  static final byte VERSION = 1;

  private static final int HEADER = 30;

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

  static CheckpointProgress opened(int partition, long offset) {
    return new CheckpointProgress(Stage.RECEIVING, partition, offset, offset, -1, new BitSet());
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
        rows);
  }

  CheckpointProgress ended(Stage how) {
    return new CheckpointProgress(how, partition, first, last, completed, rows);
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
        .put(bits)
        .array();
  }

  private static CheckpointProgress decode(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte version = buffer.get();
    if (version != VERSION) {
      throw new StateFormatException("progress." + version, ProbeStores.PROGRESS, "");
    }
    Stage stage = Stage.of(buffer.get());
    return new CheckpointProgress(
        stage,
        buffer.getInt(),
        buffer.getLong(),
        buffer.getLong(),
        buffer.getLong(),
        BitSet.valueOf(buffer));
  }
}

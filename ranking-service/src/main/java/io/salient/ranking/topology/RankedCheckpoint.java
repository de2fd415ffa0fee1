package io.salient.ranking.topology;

import io.salient.lca.LayerMap;
import io.salient.schemas.avro.ProbeReport;
import io.salient.streams.state.StateFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * What has to be known of a kept ranking to decide which of several counts, without reading it.
 *
 * <pre>
 * 1 byte   version, 2; version 1 ends after the bits
 * 8 bytes  step, big-endian like all that follows
 * UTF      checkpoint id, two bytes of length in front
 * 8 bytes  when the checkpoint was announced, milliseconds
 * 4 bytes  coverage, float32
 * 4 bytes  layers
 * 4 bytes  units per layer
 * 4 bytes  labels
 * 1 byte   bits: 1 final, 2 baseline, 4 some label was ranked
 * 4 bytes  number of each layer in the model, as many as there are layers
 * </pre>
 *
 * @param step training step
 * @param checkpointId SHA-256 of the weights
 * @param announcedAt milliseconds
 * @param coverage share of the rows that the fit saw
 * @param layers which layers of the model, and units per layer
 * @param labels number of labels
 * @param isFinal false while rows were missing
 * @param baseline announced as what drift is measured against
 * @param ranked false when no label qualified, so that there is no ranking
 */
public record RankedCheckpoint(
    long step,
    String checkpointId,
    long announcedAt,
    float coverage,
    LayerMap layers,
    int labels,
    boolean isFinal,
    boolean baseline,
    boolean ranked) {
  /** Of two checkpoints saved at the same step, the one announced later counts. */
  static final Comparator<RankedCheckpoint> BY_ANNOUNCEMENT =
      Comparator.comparingLong(RankedCheckpoint::announcedAt)
          .thenComparing(RankedCheckpoint::checkpointId);

  /** Of two fits of one checkpoint, the final one counts, else the one that saw more. */
  private static final Comparator<RankedCheckpoint> BY_PROGRESS =
      Comparator.comparing(RankedCheckpoint::isFinal)
          .thenComparingDouble(RankedCheckpoint::coverage)
          .thenComparingLong(RankedCheckpoint::announcedAt);

  /** Raise it when the layout changes, and go on reading the ones before. */
  static final byte VERSION = 2;

  /** The version that knew no choice of layers. */
  private static final byte ALL_LAYERS = 1;

  static RankedCheckpoint of(ProbeReport report, boolean ranked) {
    return new RankedCheckpoint(
        report.getStep(),
        report.getCheckpointId(),
        report.getAnnouncedAt().toEpochMilli(),
        report.getCoverage(),
        ReportLayers.of(report),
        report.getLabels().size(),
        report.getFinal$(),
        report.getBaseline(),
        ranked);
  }

  /** True when a fit of the same checkpoint that came before this one says more. */
  boolean isBehind(RankedCheckpoint before) {
    return before != null && BY_PROGRESS.compare(this, before) < 0;
  }

  /** True when the report can be one of the very fit that was ranked. */
  boolean isSameFit(ProbeReport report) {
    return isFinal == report.getFinal$()
        && coverage == report.getCoverage()
        && layers.equals(ReportLayers.of(report))
        && labels == report.getLabels().size();
  }

  /**
   * Also where one of the two ranks nothing: that is a drift too. Of other layers, place and
   * knowledge can be compared.
   */
  boolean isComparable(RankedCheckpoint other) {
    return ranked || other.ranked;
  }

  boolean isSame(RankedCheckpoint other) {
    return other != null && step == other.step && checkpointId.equals(other.checkpointId);
  }

  static Serde<RankedCheckpoint> serde() {
    return Serdes.serdeFrom(
        (topic, value) -> value == null ? null : value.bytes(),
        (topic, bytes) -> bytes == null ? null : read(bytes));
  }

  private byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(step);
      out.writeUTF(checkpointId);
      out.writeLong(announcedAt);
      out.writeFloat(coverage);
      out.writeInt(layers.layers());
      out.writeInt(layers.hiddenSize());
      out.writeInt(labels);
      out.writeByte((isFinal ? 1 : 0) | (baseline ? 2 : 0) | (ranked ? 4 : 0));
      for (int number : layers.numbers()) {
        out.writeInt(number);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array does not fail
    }
    return bytes.toByteArray();
  }

  private static RankedCheckpoint read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte version = in.readByte();
      if (version < ALL_LAYERS || version > VERSION) {
        throw new StateFormatException("checkpoint." + version, RankingStores.CHECKPOINTS, "");
      }
      long step = in.readLong();
      String checkpointId = in.readUTF();
      long announcedAt = in.readLong();
      float coverage = in.readFloat();
      int layers = in.readInt();
      int hiddenSize = in.readInt();
      int labels = in.readInt();
      int bits = in.readByte();
      List<Integer> numbers = new ArrayList<>();
      for (int place = 0; place < layers; place++) {
        numbers.add(version == ALL_LAYERS ? place : in.readInt());
      }
      return new RankedCheckpoint(
          step,
          checkpointId,
          announcedAt,
          coverage,
          new LayerMap(numbers, hiddenSize),
          labels,
          (bits & 1) != 0,
          (bits & 2) != 0,
          (bits & 4) != 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

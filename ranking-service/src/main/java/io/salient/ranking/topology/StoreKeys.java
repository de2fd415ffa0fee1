package io.salient.ranking.topology;

import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;

/**
 * Keys of the state stores. Numbers are padded, so that keys sort by step; names hold no slash.
 *
 * <pre>
 * concept     run/concept/replicate/
 * checkpoint  run/concept/replicate/step/checkpointId
 * replicates  run/concept/0/step/checkpointId, of further parts with /part/number behind it
 * set         run/concept/replicate/step/checkpointId/coverage/
 * collected   run/concept/replicate/step/checkpointId/coverage/labelIndex, or .../report
 * status      run/step
 * early       run/concept/step
 * evaluation  run/concept/step
 * judged      run/concept/step
 * </pre>
 */
final class StoreKeys {
  private static final String REPORT = "report";

  private StoreKeys() {}

  static String concept(String run, String concept, int replicate) {
    return String.format("%s/%s/%d/", run, concept, replicate);
  }

  static String checkpoint(
      String run, String concept, int replicate, long step, String checkpointId) {
    return concept(run, concept, replicate) + String.format("%019d/%s", step, checkpointId);
  }

  static String checkpoint(ProbeReport report) {
    return checkpoint(
        report.getRun(),
        report.getConcept(),
        report.getReplicate(),
        report.getStep(),
        report.getCheckpointId());
  }

  static String checkpoint(ReplicateRankings replicates) {
    return checkpoint(
        replicates.getRun(),
        replicates.getConcept(),
        0,
        replicates.getStep(),
        replicates.getCheckpointId());
  }

  /** A part of the replicates of a checkpoint: the first under its own key, others behind it. */
  static String part(String checkpoint, int part) {
    return part == 0 ? checkpoint : checkpoint + String.format("/part/%06d", part);
  }

  /** All fits of one checkpoint, whatever their coverage. */
  static String sets(ProbeReport report) {
    return checkpoint(report) + "/";
  }

  static String set(ProbeReport report) {
    return sets(report) + coverage(report.getCoverage());
  }

  static String set(ClassProbe probe) {
    return checkpoint(
            probe.getRun(),
            probe.getConcept(),
            probe.getReplicate(),
            probe.getStep(),
            probe.getCheckpointId())
        + "/"
        + coverage(probe.getCoverage());
  }

  /** Bits of non-negative floats grow with the value. */
  private static String coverage(float coverage) {
    return String.format("%08x/", Float.floatToIntBits(coverage + 0.0f));
  }

  static String label(String set, int labelIndex) {
    return set + String.format("%010d", labelIndex);
  }

  static String report(String set) {
    return set + REPORT;
  }

  static boolean isReport(String key) {
    return key.endsWith("/" + REPORT);
  }

  static String early(EarlyWarning warning) {
    return earlies(warning) + String.format("%019d", warning.getStep());
  }

  /** All steps of a concept; stands before the keys of all of them. */
  static String earlies(EarlyWarning warning) {
    return String.format("%s/%s/", warning.getRun(), warning.getConcept());
  }

  static String evaluation(ProbeEvaluation evaluation) {
    return String.format(
        "%s/%s/%019d", evaluation.getRun(), evaluation.getConcept(), evaluation.getStep());
  }

  /** All judged steps of a concept; stands before the keys of all of them. */
  static String judged(String run, String concept) {
    return String.format("%s/%s/", run, concept);
  }

  static String judged(String run, String concept, long step) {
    return judged(run, concept) + String.format("%019d", step);
  }

  static String status(String run, long step) {
    return String.format("%s/%019d", run, step);
  }
}

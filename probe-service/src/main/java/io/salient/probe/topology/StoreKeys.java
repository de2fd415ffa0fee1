package io.salient.probe.topology;

import io.salient.schemas.avro.ExtractionStarted;

/**
 * Keys of the state stores. Numbers are padded, so that keys sort by step; names hold no slash.
 *
 * <pre>
 * checkpoint   run/step/checkpointId
 * last probe   last/run/concept/labelIndex
 * base probe   base/run/concept/labelIndex
 * own probe    own/run/step/checkpointId/concept/labelIndex
 * report       run/step/checkpointId/concept
 * </pre>
 */
final class StoreKeys {
  private StoreKeys() {}

  static String run(String run) {
    return run + "/";
  }

  static String checkpoint(String run, long step, String checkpointId) {
    return String.format("%s%019d/%s", run(run), step, checkpointId);
  }

  static String checkpoint(ExtractionStarted started) {
    return checkpoint(started.getRun(), started.getStep(), started.getCheckpointId());
  }

  static String probes(Role role, String run, String concept) {
    return role.prefix + run + "/" + concept + "/";
  }

  static String probe(Role role, String run, String concept, int label) {
    return probes(role, run, concept) + String.format("%010d", label);
  }

  static String report(String checkpoint, String concept) {
    return checkpoint + "/" + concept;
  }

  /** Which final probes of a run are kept. */
  enum Role {
    /** Those of the checkpoint that became final last: the next warm start. */
    LAST("last/"),
    /** Those of the baseline: applied to every checkpoint. */
    BASE("base/"),
    /**
     * Those of a checkpoint itself, until its last tier is done; kept by checkpoint, not by run.
     */
    OWN("own/");

    private final String prefix;

    Role(String prefix) {
      this.prefix = prefix;
    }
  }
}

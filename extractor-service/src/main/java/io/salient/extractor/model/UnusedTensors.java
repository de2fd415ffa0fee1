package io.salient.extractor.model;

import io.salient.extractor.checkpoint.CheckpointFolder;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Says once which tensors a model has no use for: a task's head, or weights that config.json does
 * not know of. The checkpoints of a run all have the same.
 */
final class UnusedTensors {
  private static final Logger LOG = Logger.getLogger(UnusedTensors.class);
  private static final int NAMED = 8;
  private static final int REMEMBERED = 1_000;
  private static final Set<Integer> TOLD = ConcurrentHashMap.newKeySet();

  private UnusedTensors() {}

  static void report(CheckpointFolder checkpoint, Collection<String> names) {
    if (names.isEmpty() || TOLD.size() >= REMEMBERED || !TOLD.add(names.hashCode())) {
      return;
    }
    LOG.infof(
        "%s: %d tensors are not of the encoder and not used: %s",
        checkpoint.path(),
        names.size(),
        names.stream()
            .limit(NAMED)
            .collect(Collectors.joining(", ", "", names.size() > NAMED ? " ..." : "")));
  }
}

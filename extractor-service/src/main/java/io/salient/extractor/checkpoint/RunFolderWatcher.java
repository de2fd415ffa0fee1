package io.salient.extractor.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Sees which checkpoints of a run folder can be announced. Each {@link #look} compares with the one
 * before:
 *
 * <pre>
 * changes between two looks                         wait
 * stable for two looks and complete                 announce
 * stable for brokenAfterLooks looks, not complete   announce: the extraction tells what is wrong
 * announced before with the same fingerprint        nothing
 * </pre>
 *
 * <p>Not thread-safe: one thread looks.
 */
public final class RunFolderWatcher {
  private static final Logger LOG = Logger.getLogger(RunFolderWatcher.class);

  private final Path folder;
  private final int brokenAfterLooks;
  private final Map<Path, Seen> seen = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  /** How a folder looked last, and for how many looks it has looked so. */
  private record Seen(String fingerprint, int looks) {}

  /**
   * Watches a folder.
   *
   * @param folder run folder, or a single checkpoint folder
   * @param brokenAfterLooks looks without a change after which an incomplete folder is taken as
   *     broken
   */
  public RunFolderWatcher(Path folder, int brokenAfterLooks) {
    this.folder = folder;
    this.brokenAfterLooks = brokenAfterLooks;
  }

  /**
   * A checkpoint to announce.
   *
   * @param checkpoint step and folder
   * @param fingerprint identity of its files
   */
  public record Ready(StepFolder checkpoint, String fingerprint) {}

  /**
   * The checkpoints that are complete now, by step: one look, without waiting whether they grow.
   *
   * @param runFolder run folder, or a single checkpoint folder
   */
  public static List<StepFolder> completeCheckpoints(Path runFolder) {
    RunFolder now = RunFolder.look(runFolder);
    boolean trainerStates = now.hasTrainerStates();
    return now.checkpoints().stream()
        .filter(c -> CheckpointReadiness.missing(c.path(), trainerStates).isEmpty())
        .toList();
  }

  /**
   * The checkpoints that are there now, complete or not, by step.
   *
   * @param runFolder run folder, or a single checkpoint folder
   */
  public static List<StepFolder> checkpoints(Path runFolder) {
    return RunFolder.look(runFolder).checkpoints();
  }

  /** Looks once more; what can be announced, in the order of steps. */
  public List<Ready> look() {
    RunFolder now = RunFolder.look(folder);
    now.ignored().forEach((name, reason) -> tellOnce(folder.resolve(name) + " " + reason));
    seen.keySet().retainAll(now.checkpoints().stream().map(StepFolder::path).toList());
    boolean trainerStates = now.hasTrainerStates();
    List<Ready> ready = new ArrayList<>();
    for (StepFolder checkpoint : now.checkpoints()) {
      if (isReady(checkpoint, trainerStates)) {
        ready.add(new Ready(checkpoint, FolderFingerprint.ofCheckpoint(checkpoint.path())));
      }
    }
    return ready;
  }

  private boolean isReady(StepFolder checkpoint, boolean trainerStates) {
    Path path = checkpoint.path();
    String fingerprint = FolderFingerprint.ofAll(path);
    Seen before = seen.get(path);
    int looks = before != null && before.fingerprint().equals(fingerprint) ? before.looks() + 1 : 1;
    seen.put(path, new Seen(fingerprint, looks));
    if (looks < 2) {
      return false;
    }
    Optional<String> missing = CheckpointReadiness.missing(path, trainerStates);
    if (missing.isEmpty()) {
      return true;
    }
    tellOnce(path + " is waited for: " + missing.get());
    return looks >= brokenAfterLooks;
  }

  private void tellOnce(String message) {
    if (told.add(message)) {
      LOG.info(message);
    }
  }
}

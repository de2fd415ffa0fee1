package io.salient.extractor.announcement;

import io.salient.extractor.announcement.CheckpointReadiness.Expected;
import io.salient.extractor.announcement.CheckpointReadiness.Missing;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.checkpoint.FolderFingerprint;
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
 * the same with a file that is shorter than it says the same after {@value #CUT_SHORT} times as many
 * announced before with the same fingerprint        nothing
 * </pre>
 *
 * <p>Not thread-safe: one thread looks.
 */
public final class RunFolderWatcher {
  private static final Logger LOG = Logger.getLogger(RunFolderWatcher.class);

  /** A file that is shorter than it says is one whose writer pauses, or died: who knows. */
  static final int CUT_SHORT = 6;

  private final Path folder;
  private final int brokenAfterLooks;
  private final Map<Path, Seen> seen = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  /**
   * How a folder looked last.
   *
   * @param files identity of all its files
   * @param looks for how many looks it has looked so
   * @param ready identity of the files that an extraction reads, once it can be announced; before
   *     that empty
   */
  private record Seen(String files, int looks, String ready) {}

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
   * Where none has a tokenizer none is waited for: the extraction tells of it.
   *
   * @param runFolder run folder, or a single checkpoint folder
   */
  public static List<StepFolder> completeCheckpoints(Path runFolder) {
    RunFolder now = RunFolder.look(runFolder);
    Expected expected = now.expected();
    return now.checkpoints().stream()
        .filter(c -> CheckpointReadiness.missing(c.path(), expected).isEmpty())
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

  /** Why folders that look like checkpoints are not taken, by name. */
  public static Map<String, String> ignored(Path runFolder) {
    return RunFolder.look(runFolder).ignored();
  }

  /** Looks once more; what can be announced, in the order of steps. */
  public List<Ready> look() {
    RunFolder now = RunFolder.look(folder);
    now.ignored().forEach((name, reason) -> tellOnce(folder.resolve(name) + " " + reason));
    seen.keySet().retainAll(now.checkpoints().stream().map(StepFolder::path).toList());
    Expected others = now.expected();
    List<Ready> ready = new ArrayList<>();
    for (StepFolder checkpoint : now.checkpoints()) {
      Path path = checkpoint.path();
      Seen looked = looked(path, others);
      seen.put(path, looked);
      if (!looked.ready().isEmpty()) {
        ready.add(new Ready(checkpoint, looked.ready()));
      }
    }
    return ready;
  }

  /** How a folder looks now; what was ready stays so for as long as its files do. */
  private Seen looked(Path path, Expected others) {
    String files = FolderFingerprint.ofAll(path);
    Seen before = seen.get(path);
    if (before == null || !before.files().equals(files)) {
      return new Seen(files, 1, "");
    }
    if (!before.ready().isEmpty()) {
      return before;
    }
    int looks = before.looks() + 1;
    return new Seen(
        files, looks, isReady(path, looks, others) ? FolderFingerprint.ofCheckpoint(path) : "");
  }

  private boolean isReady(Path path, int looks, Expected others) {
    // A whole model needs a tokenizer, whatever the others have; an adapter's may be the base's.
    boolean tokenizer = CheckpointFolder.hasWholeModel(path);
    Optional<Missing> missing = CheckpointReadiness.missing(path, others.withTokenizer(tokenizer));
    if (missing.isEmpty()) {
      return true;
    }
    tellOnce(path + " is waited for: " + missing.get().what());
    return looks >= brokenAfterLooks * (missing.get().cutShort() ? CUT_SHORT : 1);
  }

  private void tellOnce(String message) {
    if (told.add(message)) {
      LOG.info(message);
    }
  }
}

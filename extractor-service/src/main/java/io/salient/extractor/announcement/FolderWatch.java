package io.salient.extractor.announcement;

import io.salient.extractor.checkpoint.FolderFingerprint;
import io.salient.extractor.settings.ExtractorSettings;
import io.salient.schemas.Topics;
import io.salient.streams.client.KafkaSettings;
import io.salient.streams.client.TopicSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Watches the run folder of the settings on a thread of its own and announces what is complete,
 * each (step, fingerprint) once, also over restarts: what the topic already holds is read first.
 */
@ApplicationScoped
public class FolderWatch {
  private static final Logger LOG = Logger.getLogger(FolderWatch.class);

  private final ExtractorSettings settings;
  private final KafkaSettings kafka;
  private final TopicSettings topics;
  private final CheckpointIntake intake;
  private volatile String failure = "";
  private Thread thread;

  /** Everything it runs with. */
  @Inject
  public FolderWatch(
      ExtractorSettings settings,
      KafkaSettings kafka,
      TopicSettings topics,
      CheckpointIntake intake) {
    this.settings = settings;
    this.kafka = kafka;
    this.topics = topics;
    this.intake = intake;
  }

  /**
   * Starts to watch; does nothing when no folder is to be watched.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  public void start() {
    if (settings.watch().isEmpty()) {
      return;
    }
    WatchedRun watched = WatchedRun.of(settings);
    thread = Thread.ofPlatform().name("salient-watch").start(() -> watch(watched));
  }

  /** What keeps it from announcing; empty while all is well. */
  public String failure() {
    return failure;
  }

  /** Stops and waits for the thread. */
  public void close() {
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(WatchedRun watched) {
    RunFolderWatcher watcher = new RunFolderWatcher(watched.folder(), settings.brokenAfterLooks());
    AnnouncedCheckpoints announced = null;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (announced == null) {
          announced = readAnnounced(watched);
          announceBaseline(watched, announced);
        }
        for (RunFolderWatcher.Ready ready : watcher.look()) {
          announce(watched, ready.checkpoint(), ready.fingerprint(), announced);
        }
        failure = "";
      } catch (RuntimeException e) {
        tell(e);
      }
      pause();
    }
  }

  private AnnouncedCheckpoints readAnnounced(WatchedRun watched) {
    return AnnouncedCheckpoints.read(
        kafka.clientProperties(), new Topics(topics.prefix()).checkpoints(), watched.run());
  }

  private void announceBaseline(WatchedRun watched, AnnouncedCheckpoints announced) {
    if (watched.baselineFolder() != null) {
      StepFolder model = new StepFolder(0, watched.baselineFolder());
      announce(watched, model, FolderFingerprint.ofCheckpoint(model.path()), announced);
    }
  }

  private void announce(
      WatchedRun watched, StepFolder found, String fingerprint, AnnouncedCheckpoints announced) {
    if (announced.contains(found.step(), fingerprint)) {
      return;
    }
    boolean baseline = watched.isBaseline(found.step());
    intake.send(watched.run(), found.step(), found.path(), baseline, false, fingerprint);
    announced.add(found.step(), fingerprint);
    LOG.infof("announced step %d of %s: %s", found.step(), watched.run(), found.path());
  }

  private void tell(RuntimeException e) {
    if (Thread.currentThread().isInterrupted() || thread.isInterrupted()) {
      return;
    }
    String message = String.valueOf(e.getMessage());
    if (!message.equals(failure)) {
      LOG.warnf("watching %s: %s", settings.watch().orElse(""), message);
    }
    failure = message;
  }

  private void pause() {
    try {
      Thread.sleep(settings.pollInterval());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

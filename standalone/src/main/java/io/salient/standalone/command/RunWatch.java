package io.salient.standalone.command;

import io.quarkus.runtime.Quarkus;
import io.salient.ranking.live.ResultStream;
import io.salient.ranking.view.AlarmView;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import io.salient.schemas.avro.TierState;
import io.salient.standalone.Progress;
import io.salient.standalone.ServiceHealth;
import io.salient.standalone.Standalone.Services;
import io.salient.standalone.settings.Setting;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.eclipse.microprofile.config.ConfigProvider;

/** Follows a run on the results topic and tells people how far it is. */
final class RunWatch {
  /** The tiers after the ranking: what is shown of a run, all told. */
  static final Set<String> ALL = Set.of("noise", "evaluation");

  /** How often a wait looks whether what it waits for can still come. */
  private static final long LOOK_MILLIS = 1_000;

  private final ResultStream results;
  private final ServiceHealth health;
  private final String run;
  private final Set<String> wanted;
  private final Semaphore changes = new Semaphore(0);
  private final Map<Long, String> told = new HashMap<>();
  private final Set<Long> estimated = new HashSet<>();
  private final Set<Long> evaluated = new HashSet<>();
  private final AlarmNews alarms = new AlarmNews();
  private final StepProgress reached = new StepProgress();
  private final Map<Long, Path> folders = new HashMap<>();
  private LongFunction<String> name = step -> "step " + step;
  private final LiveView table;
  private boolean tabled;
  private volatile boolean failed;

  /**
   * Follows a run.
   *
   * @param wanted tiers after the ranking that are waited for, where they are asked for at all
   */
  RunWatch(Services services, String run, Set<String> wanted) {
    this.results = services.results();
    this.health = services.health();
    this.run = run;
    this.wanted = Set.copyOf(wanted);
    this.table = new LiveView(() -> results.overview(run), System::nanoTime);
    results.onChange(
        key -> {
          if (key.run().equals(run)) {
            changes.release();
          }
        });
  }

  /** What steps are called when people are told of them. */
  RunWatch naming(LongFunction<String> names) {
    name = names;
    return this;
  }

  /** With a row per concept, where it is shown on a terminal. */
  RunWatch tabled() {
    tabled = true;
    return this;
  }

  /** Shows the page's address and the progress until the process is stopped. */
  int untilStopped() {
    try (Progress progress = Progress.onStandardError()) {
      progress.say("page: http://127.0.0.1:" + port() + "/");
      Thread teller = Thread.ofVirtual().name("salient-progress").start(() -> tell(progress));
      Quarkus.waitForExit();
      teller.interrupt();
    }
    return failed ? 1 : 0;
  }

  private void tell(Progress progress) {
    try {
      while (true) {
        Map<Long, RunStatus> statuses = statuses();
        statuses.forEach((step, status) -> sayWhatEnded(progress, step, status, true));
        tellAlarms(progress);
        showActive(progress, statuses.values());
        awaitChange();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopped with the process
    } catch (IllegalStateException e) { // whoever runs the process starts it again
      progress.say("salient: " + e.getMessage());
      failed = true;
      Quarkus.asyncExit(1);
    }
  }

  /**
   * Waits until every given step is ranked and its wanted tiers have ended, or it has failed, is
   * lost, or has nothing that could be ranked.
   *
   * @return the steps that are not ranked, or of which a wanted tier failed, with the reason
   * @throws IllegalStateException when a service has stopped, so that nothing more can come
   */
  Map<Long, String> untilEnded(Collection<Long> steps) throws InterruptedException {
    try (Progress progress = Progress.onStandardError()) {
      while (true) {
        Map<Long, RunStatus> statuses = statuses();
        steps.stream()
            .sorted()
            .forEach(step -> sayWhatEnded(progress, step, statuses.get(step), false));
        tellAlarms(progress);
        if (steps.stream().allMatch(step -> ended(step, statuses.get(step)))) {
          progress.table(List.of()); // results follow, and say more
          return failures(steps, statuses);
        }
        showActive(progress, statuses.values());
        awaitChange();
      }
    }
  }

  /**
   * The same for folders of a run, by step. One that was removed before it was read will not be
   * ranked, nor is a step that has results and yet no ranking.
   */
  Map<Long, String> untilRanked(Map<Long, Path> steps) throws InterruptedException {
    folders.putAll(steps);
    Map<Long, String> failures = untilEnded(steps.keySet());
    failures.putAll(NothingRanked.in(results, run, steps.keySet()));
    return failures;
  }

  /** Returns when something has changed, a second has passed, or a table is owed. */
  private void awaitChange() throws InterruptedException {
    long patience = table.isOwed() ? LiveView.FRAME_MILLIS : LOOK_MILLIS;
    if (changes.tryAcquire(patience, TimeUnit.MILLISECONDS)) {
      changes.drainPermits();
      return;
    }
    Optional<String> stopped = health.stopped();
    if (stopped.isPresent()) {
      throw new IllegalStateException(stopped.get());
    }
  }

  /**
   * The bar is of the checkpoint that a tier runs of, else of the first that has not ended; those
   * that are read meanwhile have theirs below the table.
   *
   * @param statuses by step
   */
  private void showActive(Progress progress, Collection<RunStatus> statuses) {
    List<RunStatus> open =
        statuses.stream()
            .filter(status -> !ended(status.getStep(), status))
            .sorted(Comparator.comparing(status -> !isWorkedOn(status)))
            .toList();
    if (tabled && progress.columns() > 0) {
      table.show(
          progress,
          open.stream()
              .skip(1)
              .filter(status -> status.getStage() == Stage.EXTRACTING)
              .map(status -> progress.bar(label(status), reached.of(status, wanted)))
              .toList());
    }
    if (open.isEmpty()) {
      progress.show("waiting for a checkpoint", Double.NaN);
    } else {
      progress.show(label(open.getFirst()), reached.of(open.getFirst(), wanted));
    }
  }

  private static boolean isWorkedOn(RunStatus status) {
    return status.getTiers().stream().anyMatch(tier -> tier.getState() == TierState.RUNNING);
  }

  private String label(RunStatus status) {
    String now =
        status.getStage() == Stage.RANKED && !status.getMessage().isEmpty()
            ? status.getMessage()
            : status.getStage().toString().toLowerCase(Locale.ROOT);
    return name.apply(status.getStep()) + " " + now;
  }

  /** Says each end once; what fails is left to the summary of those that have one. */
  private void sayWhatEnded(Progress progress, long step, RunStatus status, boolean failures) {
    if (status != null
        && status.getStage() == Stage.EXTRACTING
        && !status.getMessage().isEmpty()
        && estimated.add(step)) {
      progress.say(name.apply(step) + ": " + status.getMessage());
    }
    if (results.ranked(run, step) || ended(step, status)) {
      String end = end(step, status);
      if ((failures || results.ranked(run, step)) && !end.equals(told.put(step, end))) {
        progress.say(name.apply(step) + end + TierOutlook.of(status));
      }
    }
    if (status != null
        && !status.getTiers().isEmpty()
        && results.evaluated(run, step)
        && evaluated.add(step)) {
      progress.say(name.apply(step) + " is evaluated");
    }
  }

  private String end(long step, RunStatus status) {
    if (!results.ranked(run, step)) {
      return ": " + reason(step, status);
    }
    String nothing = NothingRanked.in(results, run, Set.of(step)).get(step);
    return nothing == null ? " is ranked" : ": nothing is ranked";
  }

  private Map<Long, String> failures(Collection<Long> steps, Map<Long, RunStatus> statuses) {
    Map<Long, String> failures = new TreeMap<>();
    for (long step : steps) {
      RunStatus status = statuses.get(step);
      if (!results.ranked(run, step)) {
        failures.put(step, reason(step, status));
      } else {
        status.getTiers().stream()
            .filter(tier -> wanted.contains(tier.getTier()))
            .filter(tier -> tier.getState() == TierState.FAILED)
            .findFirst()
            .ifPresent(tier -> failures.put(step, tier.getTier() + ": " + tier.getMessage()));
      }
    }
    return failures;
  }

  private void tellAlarms(Progress progress) {
    alarms.of(results.alarms(run).stream().map(AlarmView::of).toList()).forEach(progress::say);
  }

  private Map<Long, RunStatus> statuses() {
    Map<Long, RunStatus> byStep = new TreeMap<>();
    results.statuses(run).forEach(status -> byStep.put(status.getStep(), status));
    return byStep;
  }

  private boolean ended(long step, RunStatus status) {
    return status == null
        ? isGone(step)
        : broken(status) || isNobodys(status) || results.ended(run, step, wanted);
  }

  /** True when a folder was removed before anything was known of it. */
  private boolean isGone(long step) {
    Path folder = folders.get(step);
    return folder != null && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
  }

  /** True when all rows are there and none of the concepts is one that is probed here. */
  private static boolean isNobodys(RunStatus status) {
    return status.getStage() == Stage.FITTING && status.getConcepts().isEmpty();
  }

  private String reason(long step, RunStatus status) {
    if (status == null) {
      return folders.get(step) + " was removed before it was read";
    }
    return isNobodys(status)
        ? "none of its concepts is named in salient.probe.concepts, so nothing is ranked"
        : status.getMessage();
  }

  private static boolean broken(RunStatus status) {
    return status.getStage() == Stage.FAILED || status.getStage() == Stage.LOST;
  }

  private static String port() {
    return ConfigProvider.getConfig().getValue(Setting.PAGE_PORT.key(), String.class);
  }
}

package io.salient.standalone.command;

import io.quarkus.runtime.Quarkus;
import io.salient.ranking.live.ResultStream;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import io.salient.standalone.Progress;
import io.salient.standalone.ServiceHealth;
import io.salient.standalone.Standalone.Services;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;

/** Follows a run on the results topic and tells people how far it is. */
final class RunWatch {
  /** How often a wait looks whether what it waits for can still come. */
  private static final long LOOK_SECONDS = 1;

  private final ResultStream results;
  private final ServiceHealth health;
  private final String run;
  private final Semaphore changes = new Semaphore(0);
  private final Set<Long> told = new HashSet<>();
  private final Set<Long> estimated = new HashSet<>();

  RunWatch(Services services, String run) {
    this.results = services.results();
    this.health = services.health();
    this.run = run;
    results.onChange(
        key -> {
          if (key.run().equals(run)) {
            changes.release();
          }
        });
  }

  /** Shows the page's address and the progress until the process is stopped. */
  int untilStopped() {
    try (Progress progress = Progress.onStandardError()) {
      progress.say("page: http://127.0.0.1:" + port() + "/");
      Thread teller = Thread.ofVirtual().name("salient-progress").start(() -> tell(progress));
      Quarkus.waitForExit();
      teller.interrupt();
    }
    return 0;
  }

  private void tell(Progress progress) {
    try {
      while (true) {
        changes.acquire();
        changes.drainPermits();
        sayWhatEnded(progress, statuses().keySet());
        progress.show(label(statuses().values()), Double.NaN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopped with the process
    }
  }

  /**
   * Waits until every given step is ranked, has failed or is lost, or has nothing that could be
   * ranked.
   *
   * @return the steps that are not ranked, with the reason
   * @throws IllegalStateException when a service has stopped, so that nothing more can come
   */
  Map<Long, String> untilEnded(Collection<Long> steps) throws InterruptedException {
    try (Progress progress = Progress.onStandardError()) {
      while (true) {
        changes.drainPermits();
        Map<Long, RunStatus> statuses = statuses();
        sayWhatEnded(progress, steps);
        if (steps.stream().allMatch(step -> ended(step, statuses.get(step)))) {
          return failures(steps, statuses);
        }
        double done =
            steps.stream().mapToDouble(step -> share(step, statuses.get(step))).sum()
                / steps.size();
        progress.show(label(statuses.values()), done);
        awaitChange();
      }
    }
  }

  /** The same, and a step of which nothing at all is ranked counts as not ranked. */
  Map<Long, String> untilRanked(Collection<Long> steps) throws InterruptedException {
    Map<Long, String> failures = untilEnded(steps);
    failures.putAll(NothingRanked.in(results, run, steps));
    return failures;
  }

  private void awaitChange() throws InterruptedException {
    while (!changes.tryAcquire(LOOK_SECONDS, TimeUnit.SECONDS)) {
      Optional<String> stopped = health.stopped();
      if (stopped.isPresent()) {
        throw new IllegalStateException(stopped.get());
      }
    }
  }

  private void sayWhatEnded(Progress progress, Collection<Long> steps) {
    Map<Long, RunStatus> statuses = statuses();
    for (long step : steps.stream().sorted().toList()) {
      RunStatus status = statuses.get(step);
      if (status != null
          && status.getStage() == Stage.EXTRACTING
          && !status.getMessage().isEmpty()
          && estimated.add(step)) {
        progress.say("step " + step + ": " + status.getMessage());
      }
      if (ended(step, status) && told.add(step)) {
        progress.say(
            results.ranked(run, step)
                ? "step " + step + " is ranked"
                : "step " + step + ": " + reason(status));
      }
    }
  }

  private Map<Long, String> failures(Collection<Long> steps, Map<Long, RunStatus> statuses) {
    Map<Long, String> failures = new TreeMap<>();
    for (long step : steps) {
      if (!results.ranked(run, step)) {
        failures.put(step, reason(statuses.get(step)));
      }
    }
    return failures;
  }

  private Map<Long, RunStatus> statuses() {
    Map<Long, RunStatus> byStep = new TreeMap<>();
    results.statuses(run).forEach(status -> byStep.put(status.getStep(), status));
    return byStep;
  }

  private boolean ended(long step, RunStatus status) {
    return status != null && (broken(status) || isNobodys(status) || results.ranked(run, step));
  }

  /** True when all rows are there and none of the concepts is one that is probed here. */
  private static boolean isNobodys(RunStatus status) {
    return status.getStage() == Stage.FITTING && status.getConcepts().isEmpty();
  }

  private static String reason(RunStatus status) {
    return isNobodys(status)
        ? "none of its concepts is named in salient.probe.concepts, so nothing is ranked"
        : status.getMessage();
  }

  private static boolean broken(RunStatus status) {
    return status.getStage() == Stage.FAILED || status.getStage() == Stage.LOST;
  }

  /** Rows count for the first half of a step, the fit for the second. */
  private double share(long step, RunStatus status) {
    if (status == null) {
      return 0;
    }
    if (ended(step, status)) {
      return 1;
    }
    return status.getRowsTotal() == 0 ? 0 : 0.5 * status.getRowsSeen() / status.getRowsTotal();
  }

  private String label(Collection<RunStatus> statuses) {
    List<String> active =
        statuses.stream()
            .filter(status -> !ended(status.getStep(), status))
            .map(RunWatch::describe)
            .toList();
    return active.isEmpty() ? "waiting for a checkpoint" : String.join(", ", active);
  }

  private static String describe(RunStatus status) {
    String rows =
        status.getStage() == Stage.EXTRACTING
            ? " " + status.getRowsSeen() + "/" + status.getRowsTotal() + " words"
            : "";
    if (status.getStage() == Stage.FITTING && !status.getMessage().isEmpty()) {
      rows = " " + status.getMessage();
    }
    return "step "
        + status.getStep()
        + " "
        + status.getStage().toString().toLowerCase(java.util.Locale.ROOT)
        + rows;
  }

  private static String port() {
    return ConfigProvider.getConfig().getValue("quarkus.http.port", String.class);
  }
}

package io.salient.standalone.command;

import io.quarkus.runtime.Quarkus;
import io.salient.ranking.live.ResultStream;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import io.salient.schemas.avro.TierState;
import io.salient.schemas.avro.TierStatus;
import io.salient.standalone.Progress;
import io.salient.standalone.Standalone.Services;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/** Follows a run on the results topic and tells people how far it is. */
final class RunWatch {
  /** The tiers after the ranking: what is shown of a run, all told. */
  static final Set<String> ALL = Set.of("noise", "evaluation");

  private final ResultStream results;
  private final String run;
  private final Set<String> wanted;
  private final Semaphore changes = new Semaphore(0);
  private final Set<String> told = new HashSet<>();
  private final Set<Long> estimated = new HashSet<>();

  /**
   * Follows a run.
   *
   * @param wanted tiers after the ranking that are waited for, where they are asked for at all
   */
  RunWatch(Services services, String run, Set<String> wanted) {
    this.results = services.results();
    this.run = run;
    this.wanted = Set.copyOf(wanted);
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
   * Waits until every given step is ranked and the wanted tiers have ended, has failed or is lost.
   *
   * @return the steps that are not ranked, or of which a tier failed, with the reason
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
        changes.acquire();
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
      if (status != null && broken(status) && told.add(step + " broken")) {
        progress.say("step " + step + ": " + status.getMessage());
      }
      if (results.ranked(run, step) && told.add(step + " ranked")) {
        progress.say("step " + step + " is ranked" + toCome(status));
      }
      if (status != null && !status.getTiers().isEmpty() && isEvaluated(step)) {
        progress.say("step " + step + " is evaluated");
      }
    }
  }

  private boolean isEvaluated(long step) {
    return results.evaluated(run, step) && told.add(step + " evaluated");
  }

  /** What the tiers after the ranking will take, where that is known of all of them. */
  private static String toCome(RunStatus status) {
    List<TierStatus> open =
        status.getTiers().stream()
            .filter(tier -> ALL.contains(tier.getTier()))
            .filter(
                tier ->
                    tier.getState() == TierState.WAITING || tier.getState() == TierState.RUNNING)
            .toList();
    if (open.isEmpty()) {
      return "";
    }
    return "; to come: "
        + open.stream()
            .map(
                tier ->
                    tier.getEstimatedSeconds() == 0
                        ? tier.getTier()
                        : String.format(
                            Locale.ROOT,
                            "%s, about %.0f s",
                            tier.getTier(),
                            tier.getEstimatedSeconds()))
            .collect(Collectors.joining("; "));
  }

  private Map<Long, String> failures(Collection<Long> steps, Map<Long, RunStatus> statuses) {
    Map<Long, String> failures = new TreeMap<>();
    for (long step : steps) {
      RunStatus status = statuses.get(step);
      if (!results.ranked(run, step)) {
        failures.put(step, status.getMessage());
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

  private Map<Long, RunStatus> statuses() {
    Map<Long, RunStatus> byStep = new TreeMap<>();
    results.statuses(run).forEach(status -> byStep.put(status.getStep(), status));
    return byStep;
  }

  private boolean ended(long step, RunStatus status) {
    return status != null && (broken(status) || results.ended(run, step, wanted));
  }

  private static boolean broken(RunStatus status) {
    return status.getStage() == Stage.FAILED || status.getStage() == Stage.LOST;
  }

  /** Rows count for the first half of a step, the tiers from the final one on for the second. */
  private double share(long step, RunStatus status) {
    if (status == null) {
      return 0;
    }
    if (ended(step, status)) {
      return 1;
    }
    double rows =
        status.getRowsTotal() == 0 ? 0 : (double) status.getRowsSeen() / status.getRowsTotal();
    double[] tiers =
        status.getTiers().stream()
            .filter(tier -> tier.getTier().equals("final") || wanted.contains(tier.getTier()))
            .mapToDouble(RunWatch::share)
            .toArray();
    return 0.5 * rows + 0.5 * Arrays.stream(tiers).average().orElse(0);
  }

  private static double share(TierStatus tier) {
    return switch (tier.getState()) {
      case UNKNOWN, WAITING -> 0;
      case RUNNING -> tier.getPercent() / 100.0;
      case DONE, FAILED -> 1;
    };
  }

  private String label(Collection<RunStatus> statuses) {
    List<String> active =
        statuses.stream()
            .filter(status -> !ended(status.getStep(), status))
            .filter(status -> !isIdle(status))
            .map(RunWatch::describe)
            .toList();
    return active.isEmpty() ? "waiting for a checkpoint" : String.join(", ", active);
  }

  /** Ranked, and its next tier waits for its turn. */
  private static boolean isIdle(RunStatus status) {
    return status.getStage() == Stage.RANKED && status.getMessage().isEmpty();
  }

  private static String describe(RunStatus status) {
    String rows =
        status.getStage() == Stage.EXTRACTING
            ? " " + status.getRowsSeen() + "/" + status.getRowsTotal() + " words"
            : "";
    if (status.getStage() == Stage.RANKED) {
      return "step " + status.getStep() + " " + status.getMessage();
    }
    if (status.getStage() == Stage.FITTING && !status.getMessage().isEmpty()) {
      rows = " " + status.getMessage();
    }
    return "step "
        + status.getStep()
        + " "
        + status.getStage().toString().toLowerCase(Locale.ROOT)
        + rows;
  }

  private static String port() {
    return ConfigProvider.getConfig().getValue("quarkus.http.port", String.class);
  }
}

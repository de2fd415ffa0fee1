package io.salient.standalone.command;

import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.checkpoint.WeightChoice;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.model.Encoders;
import io.salient.ranking.view.SeedsView;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Folders of trainings that set out from one baseline, each looked at at the same step. Between the
 * services the baseline and one checkpoint of each are steps of one run: 0, 1, 2 ..
 *
 * @param runs their names
 * @param baselines the first checkpoint of each
 * @param checkpoints the compared checkpoint of each
 * @param compared its step
 */
record SeedRuns(List<String> runs, List<Path> baselines, List<Path> checkpoints, long compared) {
  /** Step of the baseline between the services. */
  static final long BASELINE = 0;

  /** How reasons name a checkpoint, by the run and the step between the services. */
  private static final Pattern STEP = Pattern.compile("(?:run \\S+, )?\\bstep (\\d{1,9})\\b");

  /**
   * Looks for the checkpoints.
   *
   * @param step that is compared; empty for the last that all have
   * @throws IllegalArgumentException when they have no such step after their first
   */
  static SeedRuns of(List<Path> folders, OptionalLong step) throws IOException {
    List<String> names = new ArrayList<>();
    List<Map<Long, Path>> all = new ArrayList<>();
    for (Path folder : folders) {
      WatchedFolder watched = WatchedFolder.of(folder, null);
      names.add(watched.run());
      all.add(watched.checkpoints());
    }
    NavigableSet<Long> common = new TreeSet<>(all.getFirst().keySet());
    List<Path> baselines = new ArrayList<>();
    for (Map<Long, Path> steps : all) {
      long first = steps.keySet().iterator().next();
      baselines.add(steps.get(first));
      common.retainAll(steps.keySet());
      common.removeIf(other -> other <= first);
    }
    if (common.isEmpty() || (step.isPresent() && !common.contains(step.getAsLong()))) {
      throw new IllegalArgumentException(
          "%s have no checkpoint-%s folder in common after their first; in common: %s"
              .formatted(
                  folders, step.isPresent() ? step.getAsLong() : "<step>", List.copyOf(common)));
    }
    long compared = step.orElseGet(common::last);
    return new SeedRuns(
        names, baselines, all.stream().map(steps -> steps.get(compared)).toList(), compared);
  }

  /** The baseline, of the first run. */
  Path baseline() {
    return baselines.getFirst();
  }

  /** Every folder that will be read. */
  List<Path> all() {
    List<Path> all = new ArrayList<>(List.of(baseline()));
    all.addAll(checkpoints);
    return all;
  }

  /**
   * That all set out from the same weights, those of task heads excepted: each seed draws its own.
   *
   * @throws IllegalArgumentException when they did not
   */
  void requireOneBaseline(WeightChoice weights) {
    TorchEngine.start();
    Identity expected = Identity.of(baseline(), weights);
    for (int run = 1; run < runs.size(); run++) {
      Identity other = Identity.of(baselines.get(run), weights);
      if (!other.isSame(expected)) {
        throw new IllegalArgumentException(
            "the runs set out from different weights: %s (%s) and %s (%s)"
                .formatted(
                    baseline(), expected.checkpointId(), baselines.get(run), other.checkpointId()));
      }
    }
  }

  /**
   * Which weights these are.
   *
   * @param checkpointId hash of all of them
   * @param encoder hash of those that activations come from
   */
  private record Identity(String checkpointId, String encoder) {
    static Identity of(Path folder, WeightChoice weights) {
      try (CheckpointFolder checkpoint = CheckpointFolder.open(folder, weights);
          Encoder encoder = Encoders.load(checkpoint)) {
        return new Identity(checkpoint.checkpointId(), encoder.layerKeys().getLast());
      }
    }

    boolean isSame(Identity other) {
      return encoder.equals(other.encoder);
    }
  }

  /** Step of a run between the services. */
  long step(int run) {
    return BASELINE + 1 + run;
  }

  /** Those of all runs. */
  List<Long> runSteps() {
    return IntStream.range(0, runs.size()).mapToObj(this::step).toList();
  }

  /** Those of all runs and the baseline. */
  List<Long> steps() {
    return LongStream.rangeClosed(BASELINE, runs.size()).boxed().toList();
  }

  /** What people call a step between the services: the baseline, or a run and its own step. */
  String name(long step) {
    return step == BASELINE
        ? "the baseline"
        : runs.get((int) (step - BASELINE - 1)) + " (step " + compared + ")";
  }

  /** The same with the runs' own names and step, in the reason too. */
  SeedsView named(SeedsView view) {
    return view.withRuns(
        IntStream.range(0, runs.size())
            .mapToObj(run -> view.runs().get(run).named(runs.get(run), compared))
            .toList(),
        view.reason() == null ? null : named(view.reason()));
  }

  private String named(String reason) {
    return STEP.matcher(reason)
        .replaceAll(step -> Matcher.quoteReplacement(name(Long.parseLong(step.group(1)))));
  }
}

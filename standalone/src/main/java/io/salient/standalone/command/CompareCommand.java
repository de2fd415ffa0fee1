package io.salient.standalone.command;

import io.salient.ranking.live.ResultStream;
import io.salient.ranking.view.CompareView;
import io.salient.ranking.view.SeedsView;
import io.salient.standalone.Standalone;
import io.salient.standalone.Standalone.Services;
import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares the rankings of two checkpoints, or of runs that set out from one baseline. */
@Command(
    name = "compare",
    description = {
      "Ranks two checkpoints and prints how B differs from A.",
      "With --runs: ranks the same step of several trainings from one baseline, such as of several"
          + " seeds, and prints what they have in common."
    },
    mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
  /**
   * The two checkpoints may come from anywhere; between the services they are two steps of this
   * run.
   */
  private static final String RUN = "compare";

  private static final long A = 0;
  private static final long B = 1;

  /** What a comparison tells beside the rankings. */
  private static final Set<String> NOISE = Set.of("noise");

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CHECKPOINT_A",
      description = "A checkpoint folder, such as the pre-trained model.")
  private Path first;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CHECKPOINT_B",
      description = "The checkpoint folder that is compared with it.")
  private Path second;

  @Option(
      names = "--runs",
      split = ",",
      paramLabel = "RUN_DIR",
      description =
          "Folders of two or more trainings, separated by commas, instead of two checkpoints. The"
              + " first checkpoint of each must be the same; limits take three.")
  private List<Path> runs = List.of();

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "With --runs: the step that is compared. Default: the last that all have.")
  private Long step;

  @Spec private CommandSpec spec;
  @Mixin private CorpusOptions corpus;
  @Mixin private ModelOptions model;
  @Mixin private UntrainedOptions untrained;
  @Mixin private ProbeOptions probe;
  @Mixin private TopOption top = new TopOption(50);

  @Option(
      names = "--format",
      paramLabel = "table|json|csv",
      description = "How the answer is printed. Default: table.")
  private OutputFormat format = OutputFormat.TABLE;

  @Override
  public Integer call() throws IOException {
    probe.requireOneMethod();
    requireUsage();
    if (!runs.isEmpty()) {
      return seeds();
    }
    Path a = OneShot.source(first);
    Path b = OneShot.source(second);
    Settings settings = settings(List.of(a, b));
    return Standalone.run(settings, null, null, services -> compare(services, a, b));
  }

  private Settings settings(List<Path> checkpoints) {
    Settings settings = OneShot.settings(checkpoints, top.value());
    corpus.addTo(settings);
    model.addTo(settings);
    untrained.addTo(settings);
    probe.addTo(settings);
    settings.put(Setting.TIERS, "final,noise");
    ExtractorInput.require(settings, checkpoints);
    return settings;
  }

  private void requireUsage() {
    if (runs.isEmpty() && (first == null || second == null)) {
      throw new ParameterException(
          spec.commandLine(), "Give CHECKPOINT_A and CHECKPOINT_B, or --runs with folders");
    }
    if (!runs.isEmpty() && first != null) {
      throw new ParameterException(
          spec.commandLine(), "Give either two checkpoints or --runs, not both");
    }
    if (step != null && runs.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--step needs --runs");
    }
    if (runs.size() == 1) {
      throw new ParameterException(spec.commandLine(), "--runs needs two folders or more");
    }
  }

  private int seeds() throws IOException {
    SeedRuns of = SeedRuns.of(runs, step == null ? OptionalLong.empty() : OptionalLong.of(step));
    Settings settings = settings(of.all());
    of.requireOneBaseline(ExtractorInput.weights(settings));
    return Standalone.run(settings, null, null, services -> seeds(services, of));
  }

  private int seeds(Services services, SeedRuns of) throws InterruptedException {
    OneShot.rank(services, RUN, SeedRuns.BASELINE, of.baseline(), true, NOISE);
    for (int run = 0; run < of.checkpoints().size(); run++) {
      OneShot.rank(services, RUN, of.step(run), of.checkpoints().get(run), false, NOISE);
    }
    List<SeedsView> views = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String concept : services.results().run(RUN).orElseThrow().concepts()) {
      Optional<String> why = unranked(services.results(), concept, of.steps(), of::name);
      if (why.isPresent()) {
        missing.add(why.get());
      } else {
        views.add(
            of.named(services.comparisons().seeds(RUN, SeedRuns.BASELINE, of.runSteps(), concept)));
      }
    }
    missing.forEach(why -> System.err.println("salient: not compared: " + why));
    SeedsOutput.print(views, format, System.out);
    return views.isEmpty() ? 1 : 0;
  }

  private int compare(Services services, Path a, Path b) throws InterruptedException {
    OneShot.rank(services, RUN, A, a, true, NOISE);
    OneShot.rank(services, RUN, B, b, false, NOISE);
    List<CompareView> views = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String concept : services.results().run(RUN).orElseThrow().concepts()) {
      Optional<String> why =
          unranked(
              services.results(), concept, List.of(A, B), step -> OneShot.name(step == A ? a : b));
      if (why.isPresent()) {
        missing.add(why.get());
      } else {
        CompareView view = services.comparisons().compare(RUN, A, RUN, B, concept, top.value());
        views.add(withSteps(view, OneShot.step(a), OneShot.step(b)));
      }
    }
    missing.forEach(why -> System.err.println("salient: not compared: " + why));
    CompareOutput.print(views, format, System.out);
    return views.isEmpty() ? 1 : 0;
  }

  /** Why one of several has no ranking of a concept; empty where all have. */
  private static Optional<String> unranked(
      ResultStream results, String concept, List<Long> steps, LongFunction<String> name) {
    return steps.stream()
        .flatMap(step -> results.neurons(RUN, concept, step).stream())
        .filter(neurons -> neurons.getRanking().isEmpty())
        .map(neurons -> name.apply(neurons.getStep()) + ": " + NothingRanked.why(neurons))
        .findFirst();
  }

  /** The same with the steps that the folders are named after. */
  private static CompareView withSteps(CompareView view, long a, long b) {
    CompareView.Pair pair = view.pair();
    return new CompareView(
        new CompareView.Pair(
            pair.concept(),
            a,
            b,
            pair.checkpointA(),
            pair.checkpointB(),
            pair.isFinal(),
            pair.top()),
        view.likeness(),
        view.accuracies(),
        view.entered(),
        view.left(),
        view.judged(),
        view.reading(),
        view.relative());
  }
}

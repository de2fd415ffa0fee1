package io.salient.standalone.command;

import io.salient.ranking.api.CompareView;
import io.salient.ranking.live.ResultStream;
import io.salient.standalone.Standalone;
import io.salient.standalone.Standalone.Services;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares the rankings of two checkpoints. */
@Command(
    name = "compare",
    description = "Ranks two checkpoints and prints how B differs from A.",
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
      paramLabel = "CHECKPOINT_A",
      description = "A checkpoint folder, such as the pre-trained model.")
  private Path first;

  @Parameters(
      index = "1",
      paramLabel = "CHECKPOINT_B",
      description = "The checkpoint folder that is compared with it.")
  private Path second;

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
    Path a = OneShot.source(first);
    Path b = OneShot.source(second);
    Map<String, String> settings = OneShot.settings(List.of(a, b), top.value());
    corpus.addTo(settings);
    model.addTo(settings);
    untrained.addTo(settings);
    probe.addTo(settings);
    settings.put("salient.probe.tiers", "final,noise");
    ExtractorInput.require(settings, List.of(a, b));
    return Standalone.run(settings, null, null, services -> compare(services, a, b));
  }

  private int compare(Services services, Path a, Path b) throws InterruptedException {
    OneShot.rank(services, RUN, A, a, true, NOISE);
    OneShot.rank(services, RUN, B, b, false, NOISE);
    List<CompareView> views = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String concept : services.results().run(RUN).orElseThrow().concepts()) {
      Optional<String> why = unranked(services.results(), concept);
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

  /** Why one of the two has no ranking of a concept; empty where both have. */
  private static Optional<String> unranked(ResultStream results, String concept) {
    return Stream.of(A, B)
        .flatMap(step -> results.neurons(RUN, concept, step).stream())
        .filter(neurons -> neurons.getRanking().isEmpty())
        .map(NothingRanked::why)
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

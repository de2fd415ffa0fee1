package io.salient.standalone.command;

import io.salient.ranking.api.CompareView;
import io.salient.ranking.live.ResultStream;
import io.salient.schemas.avro.DriftAgainst;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.standalone.Standalone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
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
    Path a = OneShot.folder(first);
    Path b = OneShot.folder(second);
    Map<String, String> settings = OneShot.settings(List.of(a, b), top.value());
    corpus.addTo(settings);
    model.addTo(settings);
    untrained.addTo(settings);
    probe.addTo(settings);
    return Standalone.run(
        settings,
        null,
        null,
        services -> {
          OneShot.rank(services, RUN, A, a, true);
          OneShot.rank(services, RUN, B, b, false);
          CompareOutput.print(
              drift(services.results()).stream().map(CompareView::of).toList(), format, System.out);
          return 0;
        });
  }

  /** The drift of every concept; it may come a moment after the ranking. */
  private static List<NeuronDrift> drift(ResultStream results) throws InterruptedException {
    Semaphore changes = new Semaphore(1);
    results.onChange(key -> changes.release());
    List<String> concepts = results.run(RUN).orElseThrow().concepts();
    while (true) {
      changes.acquire();
      List<NeuronDrift> drift =
          concepts.stream().flatMap(concept -> ofB(results, concept).stream()).toList();
      if (drift.size() == concepts.size()) {
        return drift;
      }
    }
  }

  private static List<NeuronDrift> ofB(ResultStream results, String concept) {
    return results.drift(RUN, concept, B).stream()
        .filter(drift -> drift.getAgainst() == DriftAgainst.BASELINE && drift.getFinal$())
        .toList();
  }
}

package io.salient.standalone.command;

import io.salient.ranking.live.ResultStream;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.standalone.Standalone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks for the penalties that suit a model and a corpus. */
@Command(
    name = "tune",
    description =
        "Fits probes of one checkpoint over the grid of penalties l1, l2 in {0, 1e-6 .. 1e-1} and"
            + " prints their scores and the best pair of each concept.",
    mixinStandardHelpOptions = true)
public final class TuneCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CHECKPOINT_DIR", description = "A checkpoint folder.")
  private Path checkpoint;

  @Mixin private CorpusOptions corpus;
  @Mixin private ProbeOptions probe;

  @Option(
      names = "--format",
      paramLabel = "table|json|csv",
      description = "How the answer is printed. Default: table.")
  private OutputFormat format = OutputFormat.TABLE;

  @Override
  public Integer call() throws IOException {
    Path folder = OneShot.source(checkpoint);
    Map<String, String> settings = OneShot.settings(List.of(folder), 1);
    settings.put("salient.probe.lambda-search", "true");
    corpus.addTo(settings);
    probe.addTo(settings);
    settings.put("salient.probe.evaluations", "counts");
    settings.put("salient.probe.method", "lca");
    return Standalone.run(
        settings,
        null,
        null,
        services -> {
          String run = OneShot.run(folder);
          long step = OneShot.step(folder);
          OneShot.rank(services, run, step, folder, true);
          TuneOutput.print(
              neurons(services.results(), run, step).stream().map(TuneOutput.View::of).toList(),
              format,
              System.out);
          return 0;
        });
  }

  private static List<SalientNeurons> neurons(ResultStream results, String run, long step) {
    return results.run(run).orElseThrow().concepts().stream()
        .flatMap(concept -> results.neurons(run, concept, step).stream())
        .toList();
  }
}

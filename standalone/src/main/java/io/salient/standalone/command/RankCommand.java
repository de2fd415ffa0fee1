package io.salient.standalone.command;

import io.salient.ranking.api.RankView;
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

/** Ranks the neurons of one checkpoint. */
@Command(
    name = "rank",
    description = "Ranks the neurons of one checkpoint and prints them.",
    mixinStandardHelpOptions = true)
public final class RankCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CHECKPOINT_DIR", description = "A checkpoint folder.")
  private Path checkpoint;

  @Mixin private CorpusOptions corpus;
  @Mixin private ModelOptions model;
  @Mixin private UntrainedOptions untrained;
  @Mixin private ProbeOptions probe;
  @Mixin private TopOption top = new TopOption(20);

  @Option(
      names = "--format",
      paramLabel = "table|json|csv",
      description = "How the answer is printed. Default: table.")
  private OutputFormat format = OutputFormat.TABLE;

  @Override
  public Integer call() throws IOException {
    Path folder = OneShot.folder(checkpoint);
    Map<String, String> settings = OneShot.settings(List.of(folder), top.value());
    corpus.addTo(settings);
    model.addTo(settings);
    untrained.addTo(settings);
    probe.addTo(settings);
    return Standalone.run(
        settings,
        null,
        null,
        services -> {
          String run = OneShot.run(folder);
          long step = OneShot.step(folder);
          OneShot.rank(services, run, step, folder, true);
          RankOutput.print(
              RankView.of(neurons(services.results(), run, step), top.value()), format, System.out);
          return 0;
        });
  }

  private static List<SalientNeurons> neurons(ResultStream results, String run, long step) {
    return results.run(run).orElseThrow().concepts().stream()
        .flatMap(concept -> results.neurons(run, concept, step).stream())
        .toList();
  }
}

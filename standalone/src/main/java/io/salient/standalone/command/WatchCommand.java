package io.salient.standalone.command;

import io.salient.ranking.view.RunResults;
import io.salient.standalone.Standalone.Services;
import io.salient.standalone.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Watches a run folder while a training writes to it, or ranks what is there now. */
@Command(
    name = "watch",
    description =
        "Ranks every checkpoint of a training run as it appears and shows them on a page.",
    mixinStandardHelpOptions = true)
public final class WatchCommand implements Callable<Integer> {
  @Mixin private RunOptions run;
  @Mixin private CorpusOptions corpus;
  @Mixin private ModelOptions model;
  @Mixin private ProbeOptions probe;
  @Mixin private BrokerOptions broker;

  @Mixin private PortOption port;
  @Mixin private ExportOptions export;

  @Option(
      names = "--once",
      description =
          "End when all is known of every checkpoint now in the folder, and print the results.")
  private boolean once;

  @Override
  public Integer call() throws Exception {
    WatchedFolder folder = run.folder();
    Map<Long, Path> steps = once ? folder.checkpoints() : Map.of();
    Settings settings = folder.settings();
    port.addTo(settings);
    corpus.addTo(settings);
    model.addTo(settings);
    probe.addTo(settings);
    export.addTo(settings);
    ExtractorInput.require(settings, List.of());
    return broker.run(
        settings,
        services -> {
          RunWatch watch = new RunWatch(services, folder.run(), RunWatch.ALL).tabled();
          return once ? rankOnce(services, watch, folder.run(), steps) : watch.untilStopped();
        });
  }

  private int rankOnce(Services services, RunWatch watch, String name, Map<Long, Path> steps)
      throws InterruptedException {
    Map<Long, String> failures = watch.untilRanked(steps);
    RunResults results = new ComparedResults(services.results(), name).await();
    if (!results.concepts().isEmpty()) {
      RunTable.print(results, System.out);
      if (!broker.lasts()) {
        System.err.println(
            "salient: these results go with the process; keep them by --state-dir DIR or"
                + " --bootstrap-servers, or write them by salient report");
      }
    }
    return OnceEnd.of(failures);
  }
}

package io.salient.standalone.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Watches a run folder while a training writes to it, or ranks what is there now. */
@Command(
    name = "watch",
    description =
        "Ranks every checkpoint of a training run as it appears and shows them on a page.",
    mixinStandardHelpOptions = true)
public final class WatchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN_DIR", description = "Folder with checkpoint-<step> folders.")
  private Path runFolder;

  @Mixin private CorpusOptions corpus;
  @Mixin private ModelOptions model;
  @Mixin private ProbeOptions probe;
  @Mixin private BrokerOptions broker;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the page; 0 takes a free one. Default: 8080.")
  private int port = 8080;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description = "Name of the run. Default: the folder's name.")
  private String run;

  @Option(
      names = "--once",
      description = "End when all is known of every checkpoint now in the folder.")
  private boolean once;

  @Override
  public Integer call() throws Exception {
    WatchedFolder folder = WatchedFolder.of(runFolder, run);
    List<Long> steps = once ? folder.steps() : List.of();
    Map<String, String> settings = folder.settings();
    settings.put("quarkus.http.port", Integer.toString(port));
    corpus.addTo(settings);
    model.addTo(settings);
    probe.addTo(settings);
    return broker.run(
        settings,
        services -> {
          RunWatch watch = new RunWatch(services, folder.run(), RunWatch.ALL);
          return once ? OnceEnd.of(watch.untilEnded(steps)) : watch.untilStopped();
        });
  }
}

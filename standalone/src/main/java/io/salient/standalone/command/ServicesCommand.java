package io.salient.standalone.command;

import io.salient.standalone.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What watch does in one process, in four: a broker and each service by itself. */
@Command(
    name = "services",
    description =
        "Watches a training run with each service in a process of its own, as in a cluster; one"
            + " that ends is started again.",
    mixinStandardHelpOptions = true)
public final class ServicesCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN_DIR", description = "Folder with checkpoint-<step> folders.")
  private Path runFolder;

  @Mixin private CorpusOptions corpus;
  @Mixin private ModelOptions model;
  @Mixin private ProbeOptions probe;
  @Mixin private BrokerOptions broker;
  @Mixin private PortOption port;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description = "Name of the run. Default: the folder's name.")
  private String run;

  @Override
  public Integer call() throws Exception {
    Settings settings = WatchedFolder.of(runFolder, run).settings();
    port.addTo(settings);
    corpus.addTo(settings);
    model.addTo(settings);
    probe.addTo(settings);
    ExtractorInput.require(settings, List.of());
    return broker.runSeparately(settings, port.value());
  }
}

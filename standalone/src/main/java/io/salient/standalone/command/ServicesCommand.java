package io.salient.standalone.command;

import io.salient.standalone.settings.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What watch does in one process, in four: a broker and each service by itself. */
@Command(
    name = "services",
    description =
        "Watches a training run with each service in a process of its own, as in a cluster; one"
            + " that ends is started again.",
    mixinStandardHelpOptions = true)
public final class ServicesCommand implements Callable<Integer> {
  @Mixin private RunOptions run;
  @Mixin private CorpusOptions corpus;
  @Mixin private ModelOptions model;
  @Mixin private ProbeOptions probe;
  @Mixin private BrokerOptions broker;
  @Mixin private PortOption port;
  @Mixin private ExportOptions export;

  @Override
  public Integer call() throws Exception {
    Settings settings = run.folder().settings();
    port.addTo(settings);
    corpus.addTo(settings);
    model.addTo(settings);
    probe.addTo(settings);
    export.addTo(settings);
    ExtractorInput.require(settings, List.of());
    return broker.runSeparately(settings, port.value());
  }
}

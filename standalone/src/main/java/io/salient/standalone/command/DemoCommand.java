package io.salient.standalone.command;

import io.salient.standalone.Failures;
import io.salient.standalone.LastStop;
import io.salient.standalone.demo.DemoCorpus;
import io.salient.standalone.demo.TinyFineTuning;
import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Something to look at with no model and no corpus of one's own: a small fine-tuning, watched. */
@Command(
    name = "demo",
    description =
        "Fine-tunes a small BERT in this process and shows its salient neurons as they move.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final Logger LOG = Logger.getLogger(DemoCommand.class);
  private static final String RUN = "demo";
  private static final long SEED = 7;
  private static final int CORPUS_SENTENCES = 800;
  private static final long PAUSE_MILLIS = 60;
  private static final List<Long> CHECKPOINTS =
      List.of(0L, 40L, 80L, 120L, 160L, 200L, 240L, 300L, 360L, 420L, 480L);

  @Mixin private BrokerOptions broker;

  @Mixin private PortOption port;

  @Override
  public Integer call() throws IOException {
    Settings settings = new Settings();
    port.addTo(settings);
    Path folder = LastStop.temporaryFolder("salient-demo-");
    Path run = Files.createDirectories(folder.resolve(RUN));
    Path corpus = folder.resolve("demo.conllu");
    // Another seed than the training's: the probes read sentences that the model has not seen.
    DemoCorpus.write(corpus, CORPUS_SENTENCES, SEED + 1_000);
    settings.put(Setting.ROOTS, List.of(run.toRealPath().toString()));
    settings.put(Setting.WATCHED_FOLDER, run.toRealPath().toString());
    settings.put(Setting.RUN, RUN);
    settings.put(Setting.CORPUS, corpus.toString());
    settings.put(Setting.CONCEPTS, "upos,misc:Sem");
    return broker.run(
        settings,
        services -> {
          Thread training =
              Thread.ofPlatform().name("demo-training").daemon().start(() -> train(run));
          int exitCode = new RunWatch(services, RUN, RunWatch.ALL).tabled().untilStopped();
          training.interrupt();
          return exitCode;
        });
  }

  private static void train(Path run) {
    try {
      new TinyFineTuning(
              run, SEED, CHECKPOINTS, PAUSE_MILLIS, line -> LOG.info("training: " + line))
          .run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopped with the process
    } catch (IOException | RuntimeException e) {
      Failures.report(e);
    }
  }
}

package io.salient.standalone.command;

import io.salient.lca.ranking.NeuronSelector;
import io.salient.ranking.view.RankView;
import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Ranks the neurons of one checkpoint. */
@Command(
    name = "rank",
    description = "Ranks the neurons of one checkpoint and prints them.",
    mixinStandardHelpOptions = true)
public final class RankCommand implements Callable<Integer> {
  @Mixin private CheckpointQuestion question;
  @Mixin private ProbeOptions probe;
  @Mixin private TopOption top = new TopOption(20);

  @Spec private CommandSpec spec;

  private String selector;

  @Option(
      names = "--select",
      paramLabel = "SELECTOR",
      description =
          "Neurons to list beside the ranking: mass:SHARE (per label the strongest that hold a"
              + " share of its weight), threshold:DIVISOR (above its greatest weight divided by a"
              + " number), bottom-mass:SHARE (the weakest), top:N, bottom:N (of the ranking),"
              + " random:N[:SEED].")
  void select(String text) {
    try {
      NeuronSelector.of(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--select: " + e.getMessage(), e);
    }
    selector = text;
  }

  @Option(
      names = "--splits",
      paramLabel = "N",
      description =
          "Random splits of the train sentences whose halves are ranked too, to tell how much of"
              + " the ranking another half of the corpus finds, such as 5; each takes about as long"
              + " as the ranking itself. Default: 0, which leaves it out.",
      defaultValue = "0")
  private int splits;

  @Override
  public Integer call() throws IOException {
    Settings settings = new Settings();
    probe.addTo(settings);
    settings.put(Setting.SPLITS, Integer.toString(splits));
    if (selector != null) {
      settings.put(Setting.SELECT, selector);
    }
    return question.ask(
        settings,
        top.value(),
        RunWatch.ALL,
        (found, format, out) -> {
          RankOutput.print(RankView.of(found.neurons(), top.value()), format, out);
          return found.unranked();
        });
  }
}

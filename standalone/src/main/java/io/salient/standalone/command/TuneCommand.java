package io.salient.standalone.command;

import io.salient.lca.ranking.RankingMethod;
import io.salient.ranking.view.TuneView;
import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks for the penalties that suit a model and a corpus. */
@Command(
    name = "tune",
    description =
        "Fits probes of one checkpoint over the grid of penalties l1, l2 in {0, 1e-6 .. 1e-1} and"
            + " prints their scores and the best pair of each concept.",
    mixinStandardHelpOptions = true)
public final class TuneCommand implements Callable<Integer> {
  @Mixin private CheckpointQuestion question;
  @Mixin private ProbeOptions probe;

  @Override
  public Integer call() throws IOException {
    probe.requireSearchOnly();
    Settings settings = new Settings();
    probe.addTo(settings);
    settings.putIfAbsent(Setting.METHOD, RankingMethod.CONTRIBUTION.text());
    settings.put(Setting.LAMBDA_SEARCH, "true");
    settings.put(Setting.EVALUATIONS, "counts");
    settings.put(Setting.AGREEMENT, "");
    return question.ask(
        settings,
        1,
        Set.of("evaluation"),
        (found, format, out) -> {
          TuneOutput.print(found.neurons().stream().map(TuneView::of).toList(), format, out);
          return found.unranked();
        });
  }
}

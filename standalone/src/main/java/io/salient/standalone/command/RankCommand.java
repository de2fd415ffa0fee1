package io.salient.standalone.command;

import io.salient.ranking.api.RankView;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ranks the neurons of one checkpoint. */
@Command(
    name = "rank",
    description = "Ranks the neurons of one checkpoint and prints them.",
    mixinStandardHelpOptions = true)
public final class RankCommand implements Callable<Integer> {
  @Mixin private CheckpointQuestion question;
  @Mixin private ProbeOptions probe;
  @Mixin private TopOption top = new TopOption(20);

  @Override
  public Integer call() throws IOException {
    Map<String, String> settings = new HashMap<>();
    probe.addTo(settings);
    return question.ask(
        settings,
        top.value(),
        (found, format, out) ->
            RankOutput.print(RankView.of(found.neurons(), top.value()), format, out));
  }
}

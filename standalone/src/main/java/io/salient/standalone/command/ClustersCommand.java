package io.salient.standalone.command;

import io.salient.ranking.view.ClustersView;
import io.salient.schemas.avro.NeuronClusters;
import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Finds the neurons of a checkpoint that say the same. */
@Command(
    name = "clusters",
    description =
        "Clusters the neurons of one checkpoint by their correlation over the words of a corpus"
            + " (average linkage) and prints each cluster with the neuron that stands for it.",
    mixinStandardHelpOptions = true)
public final class ClustersCommand implements Callable<Integer> {
  @Mixin private CheckpointQuestion question;

  private double threshold = 0.5;

  @Spec private CommandSpec spec;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description =
          "Largest mean distance 1 - |correlation| at which two clusters become one, 0 to 1."
              + " Default: 0.5.")
  void threshold(double distance) {
    if (!(distance >= 0 && distance <= 1)) {
      throw new ParameterException(
          spec.commandLine(), "--threshold is a distance from 0 to 1, not " + distance);
    }
    threshold = distance;
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = new Settings();
    settings.put(Setting.CLUSTER_THRESHOLD, Double.toString(threshold));
    settings.put(Setting.METHOD, "probeless"); // no probe is fitted for it
    return question.ask(
        settings,
        1,
        Set.of("evaluation"),
        (found, format, out) -> {
          ClustersOutput.print(clusters(found), format, out);
          return Map.of(); // clusters need no labels
        });
  }

  private static ClustersView clusters(CheckpointQuestion.Found found) {
    NeuronClusters clusters = found.results().clusters(found.run(), found.step()).orElseThrow();
    if (!clusters.getProblem().isEmpty()) {
      throw new IllegalStateException(clusters.getProblem());
    }
    return ClustersView.of(clusters);
  }
}

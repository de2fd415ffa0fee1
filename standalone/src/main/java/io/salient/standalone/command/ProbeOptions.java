package io.salient.standalone.command;

import java.util.Map;
import picocli.CommandLine.Option;

/** Options of the fit; what is not given stays at the probe service's default. */
final class ProbeOptions {
  @Option(
      names = "--l1",
      paramLabel = "X",
      description = "Weight of the L1 penalty. Default: 5e-4.")
  private Double l1;

  @Option(
      names = "--l2",
      paramLabel = "X",
      description = "Weight of the squared L2 penalty. Default: 1e-4.")
  private Double l2;

  @Option(
      names = "--standardize",
      arity = "1",
      paramLabel = "true|false",
      description = "Scale every neuron by its own mean and standard deviation. Default: true.")
  private Boolean standardize;

  @Option(
      names = "--min-label-count",
      paramLabel = "N",
      description = "Train words a label needs for a part in the ranking. Default: 20.")
  private Integer minLabelCount;

  void addTo(Map<String, String> settings) {
    put(settings, "salient.probe.l1", l1);
    put(settings, "salient.probe.l2", l2);
    put(settings, "salient.probe.standardize", standardize);
    put(settings, "salient.probe.min-label-count", minLabelCount);
  }

  private static void put(Map<String, String> settings, String key, Object value) {
    if (value != null) {
      settings.put(key, value.toString());
    }
  }
}

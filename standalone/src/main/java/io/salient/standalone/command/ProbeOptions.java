package io.salient.standalone.command;

import static java.util.stream.Collectors.joining;

import io.salient.lca.evaluation.Analysis;
import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of the fit; what is not given stays at the probe service's default. */
final class ProbeOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--method",
      split = ",",
      paramLabel = "NAME",
      description =
          "What neurons are ranked by: contribution, lca, neurox (of a probe), or, without a probe,"
              + " probeless, mean-select, gaussian, iou, average-precision. Of several, separated"
              + " by commas, the first ranks, and how far the others agree with it is told."
              + " Default: contribution.")
  private List<RankingMethodName> methods = List.of();

  @Option(
      names = "--penalty",
      paramLabel = "elastic-net|neurox",
      description =
          "What l2 is the weight of: the squared norm, or as in NeuroX the norm. Default:"
              + " elastic-net.")
  private PenaltyName penalty;

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

  private String evaluations;

  @Option(
      names = "--evaluations",
      split = ",",
      paramLabel = "NAME",
      description =
          "What probes are put to: fast (counts, layer-histogram, polysemy, selectivity, masking),"
              + " full (also layerwise, minimal-set, redundancy, top-words), or some of these"
              + " names. Default: fast.")
  void evaluations(List<String> names) {
    try {
      Analysis.named(names);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--evaluations: " + e.getMessage());
    }
    evaluations = String.join(",", names);
  }

  void addTo(Settings settings) {
    if (!methods.isEmpty()) {
      settings.put(Setting.METHOD, methods.getFirst().toString());
      settings.put(Setting.AGREEMENT, others());
    }
    settings.putIfGiven(Setting.PENALTY, penalty);
    settings.putIfGiven(Setting.L1, l1);
    settings.putIfGiven(Setting.L2, l2);
    settings.putIfGiven(Setting.STANDARDIZE, standardize);
    settings.putIfGiven(Setting.MIN_LABEL_COUNT, minLabelCount);
    settings.putIfGiven(Setting.EVALUATIONS, evaluations);
  }

  private String others() {
    return methods.stream().skip(1).map(RankingMethodName::toString).collect(joining(","));
  }

  /** For commands whose answer has no place for a comparison of methods. */
  void requireOneMethod() {
    if (methods.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "--method: one method here, several with rank and watch");
    }
  }

  /** For a search over penalties, which does nothing else with the probes that it fits. */
  void requireSearchOnly() {
    if (methods.size() > 1 || methods.stream().anyMatch(method -> !method.ranksTunedProbes())) {
      throw new ParameterException(
          spec.commandLine(),
          "--method: lca or contribution here, by which the probes of all penalties are ranked");
    }
    if (evaluations != null) {
      throw new ParameterException(
          spec.commandLine(), "--evaluations: none here, they are for rank, compare and watch");
    }
  }
}

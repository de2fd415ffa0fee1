package io.salient.lca.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What came of the evaluations of one concept. What was not asked for, or cannot be measured, is
 * empty.
 *
 * @param selectivity accuracy beside control tasks
 * @param ablation masking, few neurons first
 * @param lcaAblation the same by the paper's rule, lca, where contribution ranks
 * @param minimalSet the fewest neurons that do nearly as well
 * @param layerwise accuracy on the test words of one probe per layer
 * @param topWords what the first neurons fire for
 * @param notes what people should know: why there is no minimal set, for one
 */
public record Findings(
    Optional<Selectivity> selectivity,
    List<AblationPoint> ablation,
    List<AblationPoint> lcaAblation,
    Optional<MinimalSet> minimalSet,
    List<OptionalDouble> layerwise,
    List<NeuronWords> topWords,
    List<String> notes) {
  /** Keeps copies of the lists. */
  public Findings {
    ablation = List.copyOf(ablation);
    lcaAblation = List.copyOf(lcaAblation);
    layerwise = List.copyOf(layerwise);
    topWords = List.copyOf(topWords);
    notes = List.copyOf(notes);
  }
}

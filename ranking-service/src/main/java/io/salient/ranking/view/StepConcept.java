package io.salient.ranking.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.salient.schemas.avro.SalientNeurons;
import java.time.Instant;

/**
 * In short: how far one concept of one step is, and how well the concept is encoded.
 *
 * @param concept the concept
 * @param checkpointId SHA-256 of the weights
 * @param isFinal false while rows are still missing
 * @param baseline true when announced as what drift is measured against
 * @param coverage share of the rows that the fit saw, 0 to 1
 * @param accuracy on the test words, 0 to 1; null when there are none
 * @param majority share of the most frequent label, 0 to 1
 * @param meanLayer of the first k neurons
 * @param reproducibility how far another half of the corpus finds them, 0 to 1; null when not known
 * @param announcedAt when the checkpoint was announced
 */
public record StepConcept(
    String concept,
    String checkpointId,
    @JsonProperty("final") boolean isFinal,
    boolean baseline,
    float coverage,
    Double accuracy,
    Double majority,
    double meanLayer,
    Double reproducibility,
    Instant announcedAt) {
  /** In short, what a result says. */
  public static StepConcept of(SalientNeurons neurons) {
    return new StepConcept(
        neurons.getConcept(),
        neurons.getCheckpointId(),
        neurons.getReport().getFinal$(),
        neurons.getBaseline(),
        neurons.getReport().getCoverage(),
        neurons.getReport().getAccuracy(),
        neurons.getReport().getMajority(),
        neurons.getMeanLayer(),
        neurons.getReproducibility(),
        neurons.getReport().getAnnouncedAt());
  }
}

package io.salient.ranking.view;

import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.RankingJudgement;
import io.salient.schemas.avro.Verdict;

/**
 * In short: what one checkpoint's drift from the baseline says.
 *
 * @param step training step
 * @param checkpointId SHA-256 of the weights
 * @param similarity rho of the two rankings, 1 without drift; null when not known
 * @param lower one-sided limit of it, 95 %; null with one split
 * @param upper one-sided limit of it, 95 %
 * @param shift of the mean layer of the first k, in layers; null for models of other layers
 * @param verdict as people write it; null for none
 * @param reason why there is none; null otherwise
 * @param pending true while halves are still being fitted
 */
public record DriftPoint(
    long step,
    String checkpointId,
    Double similarity,
    Double lower,
    Double upper,
    Double shift,
    String verdict,
    String reason,
    boolean pending) {
  /** In short, what a drift says. */
  public static DriftPoint of(NeuronDrift drift) {
    RankingJudgement judgement = drift.getJudgement();
    boolean byNeuron = drift.getK() > 0;
    return new DriftPoint(
        drift.getStep(),
        drift.getCheckpointId(),
        judgement == null ? null : judgement.getRho(),
        judgement == null ? null : judgement.getLower(),
        judgement == null ? null : judgement.getUpper(),
        byNeuron ? (Double) drift.getMeanLayerShift() : null,
        EnumText.of(drift.getVerdict(), Verdict.NONE),
        drift.getVerdictReason().isEmpty() ? null : drift.getVerdictReason(),
        drift.getNoisePending());
  }
}

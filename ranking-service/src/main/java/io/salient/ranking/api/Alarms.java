package io.salient.ranking.api;

import io.salient.lca.drift.AlarmSeries;
import io.salient.lca.drift.RankingChange.Outcome;
import io.salient.schemas.avro.DriftAgainst;
import io.salient.schemas.avro.NeuronDrift;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where alarms of a concept stand, in the order of the steps, whatever the order of arrival. */
public final class Alarms {
  private Alarms() {}

  /** Steps whose ranking moved from the baseline, at them and at the judged step before. */
  public static Set<Long> of(List<NeuronDrift> drifts) {
    SortedMap<Long, Outcome> outcomes = new TreeMap<>();
    for (NeuronDrift drift : drifts) {
      if (drift.getAgainst() == DriftAgainst.BASELINE && drift.getJudgement() != null) {
        outcomes.put(drift.getStep(), Outcome.valueOf(drift.getJudgement().getOutcome().name()));
      }
    }
    return AlarmSeries.of(outcomes);
  }
}

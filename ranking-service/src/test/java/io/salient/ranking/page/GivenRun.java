package io.salient.ranking.page;

import io.salient.ranking.Probes;
import io.salient.ranking.live.ResultFeed;
import io.salient.ranking.live.ResultStream;
import io.salient.schemas.ResultKey;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.AlarmState;
import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.Movement;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.RankingJudgement;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.schemas.avro.Stage;
import io.salient.schemas.avro.TierState;
import io.salient.schemas.avro.TierStatus;
import io.salient.schemas.avro.Verdict;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * The results of a run of many checkpoints and concepts: two that the topology made, told again at
 * other steps with other figures.
 */
record GivenRun(ResultStream results, String run) {
  private static final List<Verdict> VERDICTS =
      List.of(
          Verdict.STABLE,
          Verdict.FORGOTTEN,
          Verdict.REORDERED,
          Verdict.UNDECIDED,
          Verdict.WEAKENED,
          Verdict.RELOCATED,
          Verdict.RE_ENCODED);

  /** Everything of these steps is judged; the first is the baseline. */
  GivenRun ranked(List<String> concepts, long... steps) {
    ResultStream made = ResultFeed.view();
    ResultFeed.feed(made, Probes.atStep(0).asBaseline(), Probes.atStep(20));
    for (int place = 0; place < concepts.size(); place++) {
      for (int i = 0; i < steps.length; i++) {
        rank(made, concepts.get(place), place, steps[i], (double) i / steps.length);
      }
    }
    for (long step : steps) {
      status(Stage.RANKED, step, 2_500, concepts);
    }
    return this;
  }

  private void rank(ResultStream made, String concept, int place, long step, double share) {
    long from = share == 0 ? 0 : 20;
    SalientNeurons neurons = made.neurons("run", "upos", from).orElseThrow();
    neurons.setRun(run);
    neurons.setConcept(concept);
    neurons.getReport().setConcept(concept);
    neurons.setStep(step);
    neurons.setCheckpointId("id" + step);
    neurons.setMeanLayer(1 + 0.1 * place + 0.5 * share);
    neurons.getReport().setAccuracy(0.9 - 0.02 * place - (place == 1 ? 0.4 * share : 0));
    put(concept, step, ResultKey.Kind.NEURONS, neurons);
    if (share > 0) {
      NeuronDrift drift = made.drift("run", "upos", from).getFirst();
      drift.setRun(run);
      drift.setConcept(concept);
      drift.setStep(step);
      drift.setCheckpointId("id" + step);
      drift.setVerdict(share < 0.4 ? Verdict.STABLE : VERDICTS.get(place % VERDICTS.size()));
      drift.setVerdictReason("");
      drift.setNoisePending(false);
      drift.setMeanLayerShift(0.5 * share);
      drift.setJudgement(judgement(1 - 0.05 * place * share));
      put(concept, step, ResultKey.Kind.DRIFT_BASELINE, drift);
    }
  }

  private static RankingJudgement judgement(double rho) {
    RankingJudgement judgement = new RankingJudgement();
    judgement.setOutcome(Movement.STABLE);
    judgement.setReason("limits");
    judgement.setSplits(5);
    judgement.setRho(rho);
    judgement.setLower(rho - 0.06);
    judgement.setUpper(rho + 0.06);
    return judgement;
  }

  /** An alarm stands. */
  GivenRun alarm(String concept, long step) {
    DriftAlarm alarm = new DriftAlarm();
    alarm.setRun(run);
    alarm.setConcept(concept);
    alarm.setState(AlarmState.RAISED);
    alarm.setStep(step);
    alarm.setCheckpointId("id" + step);
    alarm.setBaselineCheckpointId("id0");
    alarm.setSteps(List.of(step));
    alarm.setJudgement(judgement(0.6));
    alarm.setVerdict(Verdict.REORDERED);
    alarm.setProvenance(Probes.atStep(20).provenance());
    put(concept, ResultKey.NO_STEP, ResultKey.Kind.ALARM, alarm);
    return this;
  }

  /** What is going on with a step, one of 2,500 rows. */
  GivenRun status(Stage stage, long step, int rows, List<String> concepts) {
    var status = Probes.atStep(step).ofRun(run).status(stage, (int) (step % 3_000));
    status.setRowsSeen(rows);
    status.setRowsTotal(2_500);
    status.setConcepts(concepts);
    status.setTiers(
        List.of(TierStatus.newBuilder().setTier("early").setState(TierState.WAITING).build()));
    if (stage == Stage.FAILED) {
      status.setReason("weights.pickled");
      status.setMessage("<b>pytorch_model.bin</b> is code: save with safe_serialization=True");
    }
    ResultFeed.feed(results, status);
    return this;
  }

  private void put(String concept, long step, ResultKey.Kind kind, SpecificRecord record) {
    ResultFeed.feed(
        results,
        new ResultKey(run, concept, step, kind).text(),
        TopicSerdes.results().encode(record));
  }
}

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
import io.salient.schemas.avro.RankedNeuron;
import io.salient.schemas.avro.RankingJudgement;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.schemas.avro.Stage;
import io.salient.schemas.avro.TierState;
import io.salient.schemas.avro.TierStatus;
import io.salient.schemas.avro.TrainingLog;
import io.salient.schemas.avro.TrainingPoint;
import io.salient.schemas.avro.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
    neurons.setRanking(neighboursSwapped(neurons.getRanking(), step));
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

  /** Ranks that move a little from step to step. */
  private static List<RankedNeuron> neighboursSwapped(List<RankedNeuron> ranking, long step) {
    List<RankedNeuron> moved = new ArrayList<>(ranking);
    for (long i = 0; i < step / 50; i++) {
      int at = (int) ((7 * i) % (moved.size() - 1));
      Collections.swap(moved, at, at + 1);
    }
    return moved;
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
    status.setTraining(training(step));
    if (stage == Stage.FAILED) {
      status.setReason("weights.pickled");
      status.setMessage("<b>pytorch_model.bin</b> is code: save with safe_serialization=True");
    }
    ResultFeed.feed(results, status);
    return this;
  }

  /** A loss that falls, and what goes with it. */
  private static TrainingLog training(long step) {
    double loss = 2 * Math.exp(-step / 1_500.0) + 0.05;
    Map<String, Double> values =
        Map.of(
            "loss",
            loss,
            "eval_accuracy",
            0.9 - 0.3 * loss,
            "learning_rate",
            5e-5 * (1 - step / 6e3));
    return new TrainingLog(List.of(new TrainingPoint(step, step / 500.0, values)));
  }

  private void put(String concept, long step, ResultKey.Kind kind, SpecificRecord record) {
    ResultFeed.feed(
        results,
        new ResultKey(run, concept, step, kind).text(),
        TopicSerdes.results().encode(record));
  }
}

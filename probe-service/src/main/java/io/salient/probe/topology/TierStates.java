package io.salient.probe.topology;

import io.salient.probe.topology.CheckpointProgress.End;
import io.salient.probe.topology.CheckpointProgress.Stage;
import io.salient.probe.training.Tier;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.TierState;
import io.salient.schemas.avro.TierStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Where each tier of a checkpoint stands, for people: from the store, and from what runs now. */
final class TierStates {
  private final Set<Tier> asked;
  private final ReadOnlyKeyValueStore<String, CheckpointProgress> progress;
  private final TierCosts costs;
  private final Map<TierQueue.Work, String> failures = new HashMap<>();
  private TierQueue.Work running;
  private int percent;

  TierStates(
      Set<Tier> asked,
      ReadOnlyKeyValueStore<String, CheckpointProgress> progress,
      TierCosts costs) {
    this.asked = asked;
    this.progress = progress;
    this.costs = costs;
  }

  /** Notes what runs and how far it is; null when nothing does. */
  void running(TierQueue.Work work, int share) {
    running = work;
    percent = share;
  }

  /** Notes why a tier failed. */
  void failed(TierQueue.Work work, String why) {
    failures.put(work, why);
  }

  /** A checkpoint is gone or begins anew. */
  void forget(String key) {
    failures.keySet().removeIf(work -> work.key().equals(key));
  }

  /** One entry per tier that was asked for, as they follow each other. */
  List<TierStatus> of(ExtractionStarted started) {
    String key = StoreKeys.checkpoint(started);
    CheckpointProgress now = progress.get(key);
    List<TierStatus> states = new ArrayList<>();
    for (Tier tier : Tier.IN_ORDER) {
      if (asked.contains(tier) && (now == null || !isLeftOut(tier, now))) {
        states.add(status(tier, key, started.getRun(), now));
      }
    }
    return states;
  }

  private static boolean isLeftOut(Tier tier, CheckpointProgress now) {
    return tier.isPatient() && end(tier, now) == End.LEFT_OUT;
  }

  private TierStatus status(Tier tier, String key, String run, CheckpointProgress now) {
    TierQueue.Work work = new TierQueue.Work(tier, key);
    TierState state = work.equals(running) ? TierState.RUNNING : state(tier, now);
    boolean open = state == TierState.WAITING || state == TierState.RUNNING;
    double estimate = 0;
    if (open) {
      estimate = costs.estimate(run, tier).orElse(0);
    }
    return TierStatus.newBuilder()
        .setTier(tier.text())
        .setState(state)
        .setPercent(state == TierState.RUNNING ? percent : 0)
        .setEstimatedSeconds(estimate)
        .setMessage(failures.getOrDefault(work, ""))
        .build();
  }

  private static TierState state(Tier tier, CheckpointProgress now) {
    Stage stage = now == null ? Stage.RECEIVING : now.stage();
    return switch (stage) {
      case RECEIVING -> TierState.WAITING;
      case COMPLETE -> tier == Tier.PROVISIONAL ? TierState.DONE : TierState.WAITING;
      case LOST, FAILED -> TierState.FAILED;
      case FINAL ->
          switch (tier.isPatient() ? end(tier, now) : End.DONE) {
            case OPEN -> TierState.WAITING;
            case DONE, LEFT_OUT -> TierState.DONE;
            case FAILED -> TierState.FAILED;
          };
    };
  }

  private static End end(Tier tier, CheckpointProgress now) {
    return tier == Tier.NOISE ? now.ends().noise() : now.ends().evaluation();
  }
}

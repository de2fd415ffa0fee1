package io.salient.extractor.announcement;

import io.salient.extractor.checkpoint.CheckpointStep;
import io.salient.extractor.checkpoint.StoredActivations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which folder is a step's where several are called so, such as {@code checkpoint-20} beside {@code
 * checkpoint-0020}: one that its trainer_state.json does not contradict before others, then one
 * that is complete, then the one with the name that the Trainer gives.
 */
final class StepClaims {
  private static final Comparator<StepFolder> BEST_FIRST =
      Comparator.comparing((StepFolder claim) -> CheckpointStep.isContradicted(claim.path()))
          .thenComparing(claim -> !CheckpointReadiness.isWhole(claim.path()))
          .thenComparing(claim -> !isTrainersName(claim))
          .thenComparing(claim -> claim.path().toString());

  private final Map<Long, List<StepFolder>> byStep = new TreeMap<>();

  void add(StepFolder claim) {
    byStep.computeIfAbsent(claim.step(), step -> new ArrayList<>()).add(claim);
  }

  /**
   * One folder for each step, by step.
   *
   * @param ignored gets why the others are not taken, by name
   */
  List<StepFolder> chosen(Map<String, String> ignored) {
    List<StepFolder> chosen = new ArrayList<>();
    for (List<StepFolder> claims : byStep.values()) {
      if (claims.size() > 1) {
        claims.sort(BEST_FIRST);
        String reason = "is the same step as " + name(claims.getFirst()) + ", which is taken";
        claims.stream().skip(1).forEach(claim -> ignored.put(name(claim), reason));
      }
      chosen.add(claims.getFirst());
    }
    return chosen;
  }

  private static boolean isTrainersName(StepFolder claim) {
    return StoredActivations.stem(claim.path()).equals("checkpoint-" + claim.step());
  }

  private static String name(StepFolder claim) {
    return claim.path().getFileName().toString();
  }
}

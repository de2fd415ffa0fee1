package io.salient.ranking.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.MethodRanking;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One concept over the steps of a run, as one row of figures.
 *
 * @param concept the concept
 * @param said what the latest judged step says of it; null before any step is ranked
 * @param alarm step at which its alarm was raised; null while none stands
 * @param early what is known of a step that has no ranking yet; null where there is none
 * @param points ranked steps, by step
 */
public record ConceptOverview(
    String concept, Said said, Long alarm, Early early, List<Point> points) {

  /**
   * One ranked step.
   *
   * @param step training step
   * @param baseline announced as what drift is measured against
   * @param isFinal false while rows are still missing
   * @param coverage share of the rows that the fit saw, 0 to 1
   * @param accuracy on the test words, 0 to 1; null when there are none
   * @param meanLayer of the first k neurons
   * @param drift from the baseline; null for the baseline, and while there is none
   */
  public record Point(
      long step,
      boolean baseline,
      @JsonProperty("final") boolean isFinal,
      float coverage,
      Double accuracy,
      double meanLayer,
      DriftPoint drift) {
    private static Point of(long step, StepConcept ranked, DriftPoint drift) {
      boolean same = drift != null && drift.checkpointId().equals(ranked.checkpointId());
      return new Point(
          step,
          ranked.baseline(),
          ranked.isFinal(),
          ranked.coverage(),
          ranked.accuracy(),
          ranked.meanLayer(),
          same ? drift : null);
    }
  }

  /**
   * What is said of the concept now.
   *
   * @param verdict of the latest judged step; null when none is judged or it cannot be told
   * @param step the latest judged step; null when none is
   * @param since the first of the successive steps up to it with the same verdict; null without one
   * @param reason why there is no verdict; null otherwise
   * @param pending true when a later step is ranked and still to be judged
   */
  public record Said(String verdict, Long step, Long since, String reason, boolean pending) {
    private static Said of(List<Point> points) {
      List<Point> judged =
          points.stream().filter(p -> p.drift() != null && !p.drift().pending()).toList();
      long last = points.getLast().step();
      boolean compared = points.getLast().drift() != null;
      if (judged.isEmpty()) {
        return new Said(null, null, null, null, compared);
      }
      Point latest = judged.getLast();
      String verdict = latest.drift().verdict();
      List<Integer> since = Since.of(points.stream().map(Said::verdict).toList());
      long from = points.get(since.get(points.indexOf(latest))).step();
      return new Said(
          verdict,
          latest.step(),
          verdict == null ? null : (Long) from,
          latest.drift().reason(),
          compared && latest.step() != last);
    }

    private static String verdict(Point point) {
      return point.drift() == null ? null : point.drift().verdict();
    }
  }

  /**
   * What is known before any fit.
   *
   * @param step training step
   * @param coverage share of the rows that were there, 0 to 1
   * @param k size of the compared sets
   * @param otherStep the step before; null when there is nothing to compare with
   * @param changed how many of the first k were not among them there, by the first method; null
   *     when there is nothing to compare with
   */
  public record Early(long step, float coverage, int k, Long otherStep, Integer changed) {
    private static Early of(EarlyWarning warning) {
      return new Early(
          warning.getStep(),
          warning.getCoverage(),
          warning.getK(),
          warning.getOtherStep(),
          warning.getMethods().stream()
              .map(MethodRanking::getChanged)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null));
    }
  }

  /**
   * The row of a concept.
   *
   * @param ranked by step, in their order
   * @param drifts from the baseline, in any order
   * @param alarm step at which it was raised; null while none stands
   * @param early the latest; null when there is none
   */
  public static ConceptOverview of(
      String concept,
      Map<Long, StepConcept> ranked,
      List<DriftPoint> drifts,
      Long alarm,
      EarlyWarning early) {
    Map<Long, DriftPoint> byStep =
        drifts.stream().collect(Collectors.toMap(DriftPoint::step, Function.identity()));
    List<Point> points =
        ranked.entrySet().stream()
            .map(e -> Point.of(e.getKey(), e.getValue(), byStep.get(e.getKey())))
            .toList();
    boolean ahead = early != null && !ranked.containsKey(early.getStep());
    return new ConceptOverview(
        concept,
        points.isEmpty() ? null : Said.of(points),
        alarm,
        ahead ? Early.of(early) : null,
        points);
  }

  /** The same with one of its points alone, or none where that step is not ranked. */
  public ConceptOverview at(long step) {
    return new ConceptOverview(
        concept, said, alarm, early, points.stream().filter(p -> p.step() == step).toList());
  }
}

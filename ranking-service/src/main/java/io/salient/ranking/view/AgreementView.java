package io.salient.ranking.view;

import io.salient.schemas.avro.MethodAgreement;
import java.util.List;

/**
 * Whether several methods rank the neurons of one concept alike.
 *
 * @param depth neurons that are compared, from the first on
 * @param methods in the order in which they were asked for, the one that ranks first
 * @param overlaps of every two
 * @param borda the first neurons by the vote of all
 */
public record AgreementView(
    int depth, List<Method> methods, List<Overlap> overlaps, List<NeuronViews.Ranked> borda) {

  /**
   * A method's ranking.
   *
   * @param method its name
   * @param ranking its first neurons
   */
  public record Method(String method, List<NeuronViews.Ranked> ranking) {}

  /**
   * Two methods.
   *
   * @param first a method
   * @param second another
   * @param averageOverlap of their first neurons, 0 to 1
   */
  public record Overlap(String first, String second, double averageOverlap) {}

  /** Null for null. */
  static AgreementView of(MethodAgreement agreement, int top) {
    return agreement == null
        ? null
        : new AgreementView(
            agreement.getDepth(),
            agreement.getMethods().stream()
                .map(
                    one ->
                        new Method(one.getMethod(), NeuronViews.Ranked.of(one.getRanking(), top)))
                .toList(),
            agreement.getOverlaps().stream()
                .map(two -> new Overlap(two.getFirst(), two.getSecond(), two.getAverageOverlap()))
                .toList(),
            NeuronViews.Ranked.of(agreement.getBorda(), top));
  }
}

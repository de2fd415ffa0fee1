package io.salient.lca.drift;

import io.salient.lca.drift.ConceptDrift.LabelChange;
import io.salient.lca.drift.RankingChange.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is said of many corpora of one cell. */
final class SimulatedCell {
  private final List<ConceptDrift> drifts;

  private SimulatedCell(List<ConceptDrift> drifts) {
    this.drifts = drifts;
  }

  static SimulatedCell of(SimulatedCorpora corpora, SimulatedCorpora.Cell cell, int runs) {
    return new SimulatedCell(
        IntStream.range(0, runs)
            .parallel()
            .mapToObj(run -> corpora.corpus(cell, 1_000 + run))
            .map(pair -> ConceptDrift.between(pair.baseline(), pair.checkpoint(), Optional.empty()))
            .toList());
  }

  /** Share of the corpora of which this is said. */
  double share(Outcome outcome) {
    return share(drift -> drift.ranking().outcome() == outcome);
  }

  private double share(Predicate<ConceptDrift> test) {
    return drifts.stream().filter(test).count() / (double) drifts.size();
  }

  private Stream<DisattenuatedSimilarity> similarities() {
    return drifts.stream().map(drift -> drift.ranking().similarity().orElseThrow());
  }

  double meanBefore() {
    return similarities().mapToDouble(s -> s.similarities().meanBefore()).average().orElseThrow();
  }

  double meanAfter() {
    return similarities().mapToDouble(s -> s.similarities().meanAfter()).average().orElseThrow();
  }

  /** The true rho, by the means over all corpora. */
  double rho() {
    double across =
        similarities().mapToDouble(s -> s.similarities().meanAcross()).average().orElseThrow();
    return across / Math.sqrt(meanBefore() * meanAfter());
  }

  /** Standard deviation of ln rho over corpora. */
  double deviation() {
    double mean = similarities().mapToDouble(s -> Math.log(s.rho())).average().orElseThrow();
    double squares = similarities().mapToDouble(s -> Math.pow(Math.log(s.rho()) - mean, 2)).sum();
    return Math.sqrt(squares / (drifts.size() - 1));
  }

  /** Root of the mean squared standard error. */
  double error() {
    return Math.sqrt(
        similarities()
            .mapToDouble(s -> Math.pow(s.variance().orElseThrow().error(), 2))
            .average()
            .orElseThrow());
  }

  /** Share of the corpora whose upper limit is below the true rho. */
  double missedBelow() {
    double rho = rho();
    return share(drift -> drift.ranking().similarity().orElseThrow().upper().orElseThrow() < rho);
  }

  /** Share of the corpora whose lower limit is above the true rho. */
  double missedAbove() {
    double rho = rho();
    return share(drift -> drift.ranking().similarity().orElseThrow().lower().orElseThrow() > rho);
  }

  /** Share of the corpora in which neurons are said to lie in other layers. */
  double relocated() {
    return share(drift -> drift.place().orElseThrow().isRelocated());
  }

  /** Share of the labels, from the first to another, that are said to have moved. */
  double labelsMoved(int from, int to) {
    return drifts.stream()
        .flatMap(drift -> drift.labels().stream())
        .filter(change -> change.label() >= from && change.label() < to)
        .mapToDouble(SimulatedCell::moved)
        .average()
        .orElseThrow();
  }

  private static double moved(LabelChange change) {
    return change.ranking().outcome() == Outcome.MOVED ? 1 : 0;
  }
}

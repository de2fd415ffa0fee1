package io.salient.ranking.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.salient.ranking.view.ConceptOverview;
import io.salient.schemas.ResultKey;
import io.salient.schemas.avro.ProbeEvaluation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The latest figures of concepts as {@code salient_concept_*} gauges, so that Prometheus can draw
 * them and alert on forgetting. The number of series is bounded: the concepts longest unchanged go.
 * Thread-safe.
 */
public final class ConceptGauges {
  private final ResultStream results;
  private final MeterRegistry registry;
  private final int most;
  private final Map<Concept, ConceptSeries> series = new LinkedHashMap<>(16, 0.75f, true);

  private record Concept(String run, String name) {}

  /**
   * No gauges yet.
   *
   * @param most concepts that have any
   */
  public ConceptGauges(ResultStream results, MeterRegistry registry, int most) {
    this.results = results;
    this.registry = registry;
    this.most = most;
  }

  /** Something of a concept changed. */
  public synchronized void changed(ResultKey key) {
    if (most == 0) {
      return;
    }
    Concept concept = new Concept(key.run(), key.concept());
    switch (key.kind()) {
      case NEURONS, DRIFT_BASELINE, ALARM -> show(concept);
      case EVALUATION -> evaluated(concept, key);
      case DRIFT_PREVIOUS, EARLY_WARNING, CLUSTERS, STATUS -> {} // no gauge says anything of them
    }
  }

  private void show(Concept concept) {
    ConceptOverview row = results.concept(concept.run(), concept.name());
    if (row.points().stream().noneMatch(ConceptOverview.Point::isFinal)) {
      forget(concept);
      return;
    }
    of(concept).show(row);
  }

  private void evaluated(Concept concept, ResultKey key) {
    results
        .record(key)
        .map(ProbeEvaluation.class::cast)
        .map(ProbeEvaluation::getEvaluations)
        .map(evaluations -> evaluations.getSelectivity())
        .filter(Objects::nonNull)
        .ifPresent(selectivity -> of(concept).selectivity(key.step(), selectivity.getMean()));
  }

  private ConceptSeries of(Concept concept) {
    ConceptSeries known =
        series.computeIfAbsent(
            concept, unseen -> new ConceptSeries(registry, unseen.run(), unseen.name()));
    while (series.size() > most) {
      forget(series.keySet().iterator().next());
    }
    return known;
  }

  private void forget(Concept concept) {
    ConceptSeries known = series.remove(concept);
    if (known != null) {
      known.close();
    }
  }
}

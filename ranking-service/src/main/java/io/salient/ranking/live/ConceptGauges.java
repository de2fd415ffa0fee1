package io.salient.ranking.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.salient.ranking.view.ConceptOverview;
import io.salient.schemas.ResultKey;
import io.salient.schemas.avro.ProbeEvaluation;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The latest figures of concepts as {@code salient_concept_*} gauges, so that Prometheus can draw
 * them and alert on forgetting. The number of series is bounded: the concepts longest unchanged go.
 * While results are read back at a start, it is only noted what changed: a row of figures is made
 * once for each concept, when all have been read. Thread-safe.
 */
public final class ConceptGauges {
  private final ResultStream results;
  private final MeterRegistry registry;
  private final int most;
  private final Map<Concept, ConceptSeries> series = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Concept, Optional<ResultKey>> read = new LinkedHashMap<>(16, 0.75f, true);
  private boolean begun;

  private record Concept(String run, String name) {
    private static Concept of(ResultKey key) {
      return new Concept(key.run(), key.concept());
    }
  }

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

  /** All that there was has been read: from here on every change is shown. */
  public synchronized void begin() {
    begun = true;
    read.forEach(
        (concept, evaluation) -> {
          show(concept);
          evaluation.ifPresent(this::evaluated);
        });
    read.clear();
  }

  /** Something of a concept changed. */
  public synchronized void changed(ResultKey key) {
    if (most == 0) {
      return;
    }
    switch (key.kind()) {
      case NEURONS, DRIFT_BASELINE, ALARM, EVALUATION -> {
        if (begun) {
          tell(key);
        } else {
          note(key);
        }
      }
      case DRIFT_PREVIOUS, EARLY_WARNING, CLUSTERS, STATUS -> {} // no gauge says anything of them
    }
  }

  private void tell(ResultKey key) {
    if (key.kind() == ResultKey.Kind.EVALUATION) {
      evaluated(key);
    } else {
      show(Concept.of(key));
    }
  }

  /** With the evaluation of the latest step; more than are shown are not noted. */
  private void note(ResultKey key) {
    boolean evaluation = key.kind() == ResultKey.Kind.EVALUATION;
    read.merge(
        Concept.of(key),
        evaluation ? Optional.of(key) : Optional.empty(),
        (before, now) ->
            Stream.of(before, now)
                .flatMap(Optional::stream)
                .max(Comparator.comparingLong(ResultKey::step)));
    if (read.size() > most) {
      read.remove(read.keySet().iterator().next());
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

  private void evaluated(ResultKey key) {
    results
        .record(key)
        .map(ProbeEvaluation.class::cast)
        .map(ProbeEvaluation::getEvaluations)
        .map(evaluations -> evaluations.getSelectivity())
        .filter(Objects::nonNull)
        .ifPresent(
            selectivity -> of(Concept.of(key)).selectivity(key.step(), selectivity.getMean()));
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

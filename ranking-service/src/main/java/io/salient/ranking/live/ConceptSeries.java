package io.salient.ranking.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.salient.ranking.view.ConceptOverview;
import io.salient.ranking.view.ConceptOverview.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The gauges of one concept of a run. A figure that was never known has none; one that is not known
 * any more is NaN. Of the verdict there is one series, with the verdict as its label.
 */
final class ConceptSeries {
  private final MeterRegistry registry;
  private final Tags tags;
  private final Map<String, Figure> figures = new HashMap<>();
  private long evaluatedStep = -1;
  private String verdict;
  private Meter verdictGauge;

  private static final class Figure {
    private volatile double value;
    private Meter gauge;
  }

  ConceptSeries(MeterRegistry registry, String run, String concept) {
    this.registry = registry;
    this.tags = Tags.of("run", run, "concept", concept);
  }

  /** Shows the last final point, the last drift, the verdict that stands, and the alarm. */
  void show(ConceptOverview row) {
    List<Point> finals = row.points().stream().filter(Point::isFinal).toList();
    Point last = finals.getLast();
    set("step", "Step of the latest ranking", (double) last.step());
    set("accuracy", "Of the probe on the test words, 0 to 1", last.accuracy());
    set(
        "similarity",
        "rho of the latest ranking and the baseline's, 1 without drift",
        finals.reversed().stream()
            .filter(point -> point.drift() != null)
            .map(point -> point.drift().similarity())
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null));
    set("alarm", "1 while the alarm of its drift stands", row.alarm() == null ? 0.0 : 1.0);
    judged(row.said().verdict());
  }

  /** Takes the selectivity of a step, unless that of a later one is known. */
  void selectivity(long step, double mean) {
    if (step >= evaluatedStep) {
      evaluatedStep = step;
      set("selectivity", "Accuracy minus that of control tasks", mean);
    }
  }

  private void set(String name, String description, Double value) {
    Figure known = figures.get(name);
    if (known == null && value != null) {
      Figure made = new Figure();
      made.gauge =
          Gauge.builder("salient.concept." + name, () -> made.value)
              .description(description)
              .tags(tags)
              .register(registry);
      figures.put(name, made);
      known = made;
    }
    if (known != null) {
      known.value = value == null ? Double.NaN : value;
    }
  }

  private void judged(String now) {
    if (Objects.equals(now, verdict)) {
      return;
    }
    if (verdictGauge != null) {
      registry.remove(verdictGauge);
    }
    verdict = now;
    verdictGauge =
        now == null
            ? null
            : Gauge.builder("salient.concept.verdict", () -> 1)
                .description("1; what the latest judged step says of it is the label")
                .tags(tags.and("verdict", now))
                .register(registry);
  }

  /** Nothing of the concept is shown any more. */
  void close() {
    List<Meter> all =
        new ArrayList<>(figures.values().stream().map(figure -> figure.gauge).toList());
    if (verdictGauge != null) {
      all.add(verdictGauge);
    }
    all.forEach(registry::remove);
  }
}

package io.salient.ranking.export;

import io.micrometer.core.instrument.MeterRegistry;
import io.salient.ranking.live.ResultStream;
import io.salient.ranking.settings.RankingSettings;
import io.salient.ranking.view.ConceptOverview;
import io.salient.schemas.ResultKey;
import io.salient.schemas.ResultKey.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Sends the figures of final rankings to where people look already, each sink on a thread of its
 * own: what is slow or away holds up neither results nor another sink. Off unless a sink is named.
 */
@ApplicationScoped
public class FigureExport {
  private static final Logger LOG = Logger.getLogger(FigureExport.class);
  private static final Set<Kind> MOVES_FIGURES = EnumSet.of(Kind.NEURONS, Kind.DRIFT_BASELINE);

  private final ResultStream results;
  private final RankingSettings settings;
  private final MeterRegistry registry;
  private final List<SinkThread> threads = new ArrayList<>();

  /** For the container's proxy. */
  protected FigureExport() {
    this(null, null, null);
  }

  /** Of the results that are read. */
  @Inject
  public FigureExport(ResultStream results, RankingSettings settings, MeterRegistry registry) {
    this.results = results;
    this.settings = settings;
    this.registry = registry;
  }

  /** To be called before any result is read. */
  public void start() {
    settings
        .tensorboard()
        .ifPresent(folder -> start(new TensorBoardSink(Path.of(folder)), "tensorboard"));
    settings.mlflow().ifPresent(server -> start(new MlflowSink(server), "mlflow"));
  }

  private void start(FigureSink sink, String kind) {
    SinkThread thread =
        new SinkThread(
            sink, this::figures, registry.counter("salient.ranking.export.failures", "sink", kind));
    threads.add(thread);
    results.onChange(
        key -> {
          if (MOVES_FIGURES.contains(key.kind())) {
            thread.changed(new FigurePoint(key.run(), key.concept(), key.step()));
          }
        });
    LOG.infof("figures go to %s", sink.name());
  }

  private Optional<Figures> figures(FigurePoint point) {
    ResultKey key = new ResultKey(point.run(), point.concept(), point.step(), Kind.NEURONS);
    ConceptOverview concept = results.overviewChange(key).concept();
    return concept == null
        ? Optional.empty()
        : concept.points().stream()
            .filter(ConceptOverview.Point::isFinal)
            .map(ranked -> Figures.of(point.run(), concept, ranked))
            .findFirst();
  }

  /** What was not sent is sent after the next start: results are read from the beginning then. */
  public void close() {
    threads.forEach(SinkThread::close);
  }
}

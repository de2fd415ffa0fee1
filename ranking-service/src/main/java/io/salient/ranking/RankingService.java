package io.salient.ranking;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.salient.ranking.export.FigureExport;
import io.salient.ranking.live.ConceptGauges;
import io.salient.ranking.live.ResultStream;
import io.salient.ranking.live.ResultsReader;
import io.salient.ranking.settings.RankingSettings;
import io.salient.ranking.topology.KeptRankings;
import io.salient.ranking.topology.RankingStores;
import io.salient.ranking.topology.RankingTopology;
import io.salient.schemas.Topics;
import io.salient.streams.StreamSettings;
import io.salient.streams.StreamsRunner;
import io.salient.streams.client.KafkaSettings;
import io.salient.streams.client.TopicSettings;
import io.salient.streams.client.TopicSetup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Starts and stops the stream and the reader of results. */
@ApplicationScoped
public class RankingService {
  private final RankingSettings settings;
  private final KafkaSettings kafka;
  private final TopicSettings topicSettings;
  private final MeterRegistry registry;
  private final ResultStream results;
  private final ResultsReader reader;
  private final FigureExport export;
  private final StreamsRunner stream;

  /** Everything it runs with. */
  @Inject
  public RankingService(
      RankingSettings settings,
      KafkaSettings kafka,
      TopicSettings topicSettings,
      MeterRegistry registry,
      ResultStream results,
      ResultsReader reader,
      FigureExport export) {
    this.settings = settings;
    this.kafka = kafka;
    this.topicSettings = topicSettings;
    this.registry = registry;
    this.results = results;
    this.reader = reader;
    this.export = export;
    this.stream =
        new StreamsRunner(
            new StreamSettings(
                "ranking",
                kafka,
                topicSettings,
                settings.applicationId(),
                Path.of(settings.stateDir()),
                settings.threads(),
                settings.commitInterval(),
                settings.sessionTimeout()),
            registry);
  }

  void start(@Observes StartupEvent event) {
    if (settings.enabled()) {
      start();
    }
  }

  private void start() {
    Topics topics = new TopicSetup(kafka, topicSettings).ensure();
    RankingTopology topology =
        new RankingTopology(
            topics,
            settings.top(),
            settings.forgetIncompleteAfter(),
            RankingStores.persistent(),
            new RankingMeters(registry));
    stream.start(topology.build());
    export.start();
    ConceptGauges gauges = new ConceptGauges(results, registry, settings.conceptGauges());
    results.onChange(gauges::changed);
    reader.start(topics.results(), kafka.clientProperties(), gauges::begin);
  }

  void stop(@Observes ShutdownEvent event) {
    reader.close();
    export.close();
    stream.close();
  }

  /** The stream: how it is. Asked for by a method, as the bean may be a proxy. */
  public StreamsRunner stream() {
    return stream;
  }

  /**
   * The rankings that this instance keeps.
   *
   * @throws InvalidStateStoreException while it starts or moves partitions
   */
  public KeptRankings kept() {
    return stream
        .streams()
        .map(KeptRankings::of)
        .orElseThrow(() -> new InvalidStateStoreException("the ranking stream was not started"));
  }
}

package io.salient.extractor;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.salient.extractor.announcement.FolderWatch;
import io.salient.extractor.extraction.Extraction;
import io.salient.extractor.extraction.ExtractionLoop;
import io.salient.extractor.settings.ConfiguredCorpus;
import io.salient.extractor.settings.ConfiguredExtraction;
import io.salient.extractor.settings.ExtractorSettings;
import io.salient.extractor.tokenization.ExtractionCorpus;
import io.salient.schemas.Topics;
import io.salient.streams.client.KafkaSettings;
import io.salient.streams.client.TopicSettings;
import io.salient.streams.client.TopicSetup;
import io.salient.torch.TorchEngine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Starts and stops the extractor: reads the corpus, then takes announcements and watches the folder
 * of the settings. A wrong setting or corpus stops the start with one line that names it.
 */
@ApplicationScoped
public class ExtractorService {
  private static final Logger LOG = Logger.getLogger(ExtractorService.class);

  private final ExtractorSettings settings;
  private final KafkaSettings kafka;
  private final TopicSettings topicSettings;
  private final MeterRegistry registry;
  private final FolderWatch watch;
  private final String version;
  private volatile ExtractionLoop loop;

  /** Everything it runs with. */
  @Inject
  public ExtractorService(
      ExtractorSettings settings,
      KafkaSettings kafka,
      TopicSettings topicSettings,
      MeterRegistry registry,
      FolderWatch watch,
      @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown")
          String version) {
    this.settings = settings;
    this.kafka = kafka;
    this.topicSettings = topicSettings;
    this.registry = registry;
    this.watch = watch;
    this.version = version;
  }

  void start(@Observes StartupEvent event) {
    ExtractionCorpus corpus = ConfiguredCorpus.read(settings);
    Extraction extraction = ConfiguredExtraction.of(settings, corpus, version);
    TorchEngine.start();
    Topics topics = new TopicSetup(kafka, topicSettings).ensure();
    ExtractionLoop started =
        new ExtractionLoop(
            kafka.clientProperties(),
            topics,
            settings.groupId(),
            settings.maxBackoff(),
            extraction,
            registry);
    started.start();
    LOG.infof(
        "extractor reads %s, writes %s, %s; group %s",
        topics.checkpoints(), topics.activations(), topics.deadLetters(), settings.groupId());
    loop = started;
    watch.start();
  }

  void stop(@Observes ShutdownEvent event) {
    watch.close();
    if (loop != null) {
      loop.close();
    }
  }

  /** True once the corpus was read, the topics are there and announcements are taken. */
  public boolean started() {
    return loop != null;
  }

  /** False when only a restart helps. */
  public boolean alive() {
    ExtractionLoop now = loop;
    return now == null || now.alive();
  }

  /** What keeps it from working; empty while it works. */
  public String failure() {
    ExtractionLoop now = loop;
    if (now == null) {
      return "not started";
    }
    return now.failure().isEmpty() ? watch.failure() : now.failure();
  }
}

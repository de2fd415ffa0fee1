package io.salient.extractor.announcement;

import io.salient.extractor.checkpoint.CheckpointRoots;
import io.salient.extractor.checkpoint.CheckpointStep;
import io.salient.extractor.checkpoint.FolderFingerprint;
import io.salient.extractor.settings.ConfiguredRoots;
import io.salient.extractor.settings.ExtractorSettings;
import io.salient.schemas.Names;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.CheckpointSaved;
import io.salient.streams.client.BrokerRefusal;
import io.salient.streams.client.KafkaSettings;
import io.salient.streams.client.TopicSettings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Announces checkpoints: writes {@code CheckpointSaved} and returns when Kafka has it. Any
 * extractor of the group then does the work.
 */
@ApplicationScoped
public class CheckpointIntake {
  private final Map<String, Object> clientProperties;
  private final Topics topics;
  private final CheckpointRoots roots;
  private final Clock clock = Clock.systemUTC();
  private KafkaProducer<String, byte[]> producer;

  /** Uses the given connection, topics and roots. */
  @Inject
  public CheckpointIntake(KafkaSettings kafka, TopicSettings topics, ExtractorSettings settings) {
    this.clientProperties = kafka.clientProperties();
    this.topics = new Topics(topics.prefix());
    this.roots = ConfiguredRoots.of(settings);
  }

  /**
   * Announces a checkpoint.
   *
   * @param run name of the run, see {@link Names}
   * @param step training step, not negative
   * @param uri absolute path or file: URI of the folder, under salient.extractor.roots
   * @param baseline whether drift is measured against it
   * @param again whether it is extracted even if the same bytes were before
   * @throws IllegalArgumentException when the name or step is not allowed
   * @throws CheckpointException when the folder is not
   * @throws KafkaException when Kafka does not take it
   */
  public void announce(String run, long step, String uri, boolean baseline, boolean again) {
    Path folder = roots.resolve(uri);
    send(run, step, folder, baseline, again, FolderFingerprint.ofCheckpoint(folder));
  }

  /** The step in the name of the folder that an address means; empty for other names. */
  public java.util.OptionalLong stepOf(String uri) {
    return CheckpointStep.inName(roots.resolve(uri));
  }

  /** The same for a folder and a fingerprint that were looked at before. */
  void send(
      String run, long step, Path folder, boolean baseline, boolean again, String fingerprint) {
    Names.require("run", run);
    if (step < 0) {
      throw new IllegalArgumentException("step must not be negative");
    }
    CheckpointSaved saved =
        CheckpointSaved.newBuilder()
            .setRun(run)
            .setStep(step)
            .setUri(folder.toString())
            .setBaseline(baseline)
            .setAgain(again)
            .setFingerprint(fingerprint)
            .setAnnouncedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
            .build();
    await(new ProducerRecord<>(topics.checkpoints(), run, TopicSerdes.checkpoints().encode(saved)));
  }

  private void await(ProducerRecord<String, byte[]> announcement) {
    try {
      producer().send(announcement).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while announcing a checkpoint", e);
    } catch (ExecutionException e) {
      throw new KafkaException(
          "the checkpoint could not be announced: " + BrokerRefusal.told(e.getCause()),
          e.getCause());
    }
  }

  private synchronized KafkaProducer<String, byte[]> producer() {
    if (producer == null) {
      Map<String, Object> properties = new HashMap<>(clientProperties);
      properties.put(ProducerConfig.ACKS_CONFIG, "all");
      properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
      producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  @PreDestroy
  synchronized void close() {
    if (producer != null) {
      producer.close(java.time.Duration.ofSeconds(5));
    }
  }
}

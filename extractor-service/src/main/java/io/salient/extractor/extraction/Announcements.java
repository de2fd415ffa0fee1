package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.schemas.DeadLetter;
import io.salient.schemas.DeadLetterReason;
import io.salient.schemas.Names;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.UndecodableRecordException;
import io.salient.schemas.avro.CheckpointSaved;
import io.salient.schemas.avro.ExtractionFailed;
import io.salient.streams.log.CheckpointFields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Does what one record of the checkpoints topic asks for:
 *
 * <pre>
 * no announcement at all          dead letter
 * a checkpoint that can be read   ExtractionStarted and its blocks
 * one that cannot                 ExtractionFailed, and a dead letter of the announcement
 * Kafka fails                     the exception goes on to the caller
 * </pre>
 */
final class Announcements implements CheckpointWorker.Handler {
  private static final Logger LOG = Logger.getLogger(Announcements.class);
  private static final String SERVICE = "extractor";

  private final Extraction extraction;
  private final BlockPublisher publisher;
  private final ExtractionMeters meters;

  Announcements(Extraction extraction, BlockPublisher publisher, ExtractionMeters meters) {
    this.extraction = extraction;
    this.publisher = publisher;
    this.meters = meters;
  }

  @Override
  public void handle(ConsumerRecord<byte[], byte[]> announcement, BooleanSupplier stop) {
    CheckpointSaved saved = decode(announcement);
    if (saved != null) {
      meters.begun(saved.getAnnouncedAt());
      try (CheckpointFields _ = CheckpointFields.of(saved.getRun(), saved.getStep())) {
        extract(announcement, saved, stop);
      } finally {
        meters.ended();
      }
    }
    publisher.awaitAll();
  }

  /** The announcement; null when it went to the dead letters. */
  private CheckpointSaved decode(ConsumerRecord<byte[], byte[]> announcement) {
    if (announcement.key() == null) {
      return refuse(announcement, DeadLetterReason.NULL_KEY, "no key: it must be the run");
    }
    if (announcement.value() == null) {
      return refuse(announcement, DeadLetterReason.NULL_VALUE, "no value");
    }
    CheckpointSaved saved;
    try {
      saved = TopicSerdes.checkpoints().decode(announcement.value());
    } catch (UndecodableRecordException e) {
      return refuse(announcement, e.reason(), e.getMessage());
    }
    if (!Names.allowed(saved.getRun()) || saved.getStep() < 0) {
      return refuse(
          announcement,
          DeadLetterReason.INVALID_FIELD,
          "run must be a name of 1 to 200 letters and digits, step must not be negative");
    }
    if (!saved.getRun().equals(new String(announcement.key(), StandardCharsets.UTF_8))) {
      return refuse(announcement, DeadLetterReason.INVALID_FIELD, "the key is not the run");
    }
    return saved;
  }

  private CheckpointSaved refuse(
      ConsumerRecord<byte[], byte[]> announcement, DeadLetterReason reason, String message) {
    LOG.warnf(
        "announcement %s-%d at %d goes to the dead letters: %s",
        announcement.topic(), announcement.partition(), announcement.offset(), message);
    meters.deadLetter(reason);
    publisher.deadLetter(
        announcement,
        new DeadLetter(
            reason,
            message,
            SERVICE,
            announcement.topic(),
            announcement.partition(),
            announcement.offset()));
    return null;
  }

  private void extract(
      ConsumerRecord<byte[], byte[]> announcement, CheckpointSaved saved, BooleanSupplier stop) {
    AtomicReference<String> checkpointId = new AtomicReference<>("");
    long start = System.nanoTime();
    try {
      boolean extracted =
          extraction.run(saved, publisher, meters.progress(), stop, checkpointId::set);
      publisher.awaitAll();
      if (extracted) {
        extraction.remember(saved, checkpointId.get());
        meters.extracted(System.nanoTime() - start);
      } else {
        meters.skipped();
      }
    } catch (RuntimeException e) {
      if (DataError.isInfrastructure(e)) {
        throw e;
      }
      fail(announcement, saved, checkpointId.get(), e);
    }
  }

  private void fail(
      ConsumerRecord<byte[], byte[]> announcement,
      CheckpointSaved saved,
      String checkpointId,
      RuntimeException e) {
    DataError error = DataError.of(e);
    if (!(e instanceof CheckpointException)) {
      LOG.debugf(e, "step %d of %s failed", saved.getStep(), saved.getRun());
    }
    meters.failed(error.code());
    publisher.send(
        saved.getRun(),
        ExtractionFailed.newBuilder()
            .setRun(saved.getRun())
            .setStep(saved.getStep())
            .setCheckpointId(checkpointId)
            .setUri(saved.getUri())
            .setReason(error.code())
            .setMessage(error.message())
            .setFailedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .build());
    refuse(announcement, DeadLetterReason.BAD_CHECKPOINT, error.code() + ": " + error.message());
  }
}

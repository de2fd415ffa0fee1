package io.salient.streams;

import io.salient.schemas.AvroSerde;
import io.salient.schemas.DeadLetterReason;
import io.salient.schemas.UndecodableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;

/** Reads raw records of a topic. What is no record of it becomes a dead letter. */
public final class RawRecords {
  private final AvroSerde<? extends SpecificRecord> values;
  private final DeadLetters deadLetters;

  /** For a topic whose values are read so. */
  public RawRecords(AvroSerde<? extends SpecificRecord> values, DeadLetters deadLetters) {
    this.values = values;
    this.deadLetters = deadLetters;
  }

  /** The value of a record; empty when it went to the dead letters. */
  public Optional<SpecificRecord> decode(Record<byte[], byte[]> raw) {
    if (raw.key() == null) {
      refuse(raw, DeadLetterReason.NULL_KEY, "no key: the run cannot be told");
    } else if (raw.value() == null) {
      refuse(raw, DeadLetterReason.NULL_VALUE, "no value");
    } else {
      try {
        return Optional.of(values.decode(raw.value()));
      } catch (UndecodableRecordException e) {
        refuse(raw, e.reason(), e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** The key of a record that was decoded. */
  public static String key(Record<byte[], byte[]> raw) {
    return new String(raw.key(), StandardCharsets.UTF_8);
  }

  /** Sends a record to the dead letters. */
  public void refuse(Record<byte[], byte[]> raw, DeadLetterReason reason, String message) {
    deadLetters.send(raw.key(), raw.value(), raw.timestamp(), reason, message);
  }
}

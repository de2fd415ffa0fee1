package io.salient.probe.topology;

import io.salient.schemas.AvroSerde;
import io.salient.schemas.DeadLetterReason;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.UndecodableRecordException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Reads raw records. What is no record of the topic becomes a dead letter here; what is one but
 * does not fit its checkpoint does so in {@link ProbeProcessor}. All else that fails is the
 * infrastructure's and stops the stream, which then starts again from what was committed.
 */
final class ActivationDecoder implements Processor<byte[], byte[], Object, Object> {
  /**
   * A decoded record with its bytes, which a dead letter needs.
   *
   * @param key as it came
   * @param bytes the value as it came
   * @param value the value decoded
   */
  record Decoded(byte[] key, byte[] bytes, SpecificRecord value) {}

  private final ProbeMetrics metrics;
  private final AvroSerde<SpecificRecord> activations = TopicSerdes.activations();
  private ProcessorContext<Object, Object> context;
  private DeadLetters deadLetters;

  ActivationDecoder(ProbeMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    this.deadLetters = new DeadLetters(context, metrics);
  }

  @Override
  public void process(Record<byte[], byte[]> raw) {
    if (raw.key() == null) {
      refuse(raw, DeadLetterReason.NULL_KEY, "no key: the run cannot be told");
    } else if (raw.value() == null) {
      refuse(raw, DeadLetterReason.NULL_VALUE, "no value");
    } else {
      decode(raw);
    }
  }

  private void decode(Record<byte[], byte[]> raw) {
    SpecificRecord value;
    try {
      value = activations.decode(raw.value());
    } catch (UndecodableRecordException e) {
      refuse(raw, e.reason(), e.getMessage());
      return;
    }
    String run = new String(raw.key(), StandardCharsets.UTF_8);
    context.forward(
        new Record<Object, Object>(
            run, new Decoded(raw.key(), raw.value(), value), raw.timestamp()),
        ProbeTopology.PROBE);
  }

  private void refuse(Record<byte[], byte[]> raw, DeadLetterReason reason, String message) {
    deadLetters.send(raw.key(), raw.value(), raw.timestamp(), reason, message);
  }
}

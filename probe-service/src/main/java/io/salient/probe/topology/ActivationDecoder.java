package io.salient.probe.topology;

import io.salient.schemas.TopicSerdes;
import io.salient.streams.RawRecords;
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
  private ProcessorContext<Object, Object> context;
  private RawRecords records;

  ActivationDecoder(ProbeMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    this.records =
        new RawRecords(TopicSerdes.activations(), ProbeTopology.deadLetters(context, metrics));
  }

  @Override
  public void process(Record<byte[], byte[]> raw) {
    records
        .decode(raw)
        .ifPresent(
            value ->
                context.forward(
                    new Record<Object, Object>(
                        RawRecords.key(raw),
                        new Decoded(raw.key(), raw.value(), value),
                        raw.timestamp()),
                    ProbeTopology.PROBE));
  }
}

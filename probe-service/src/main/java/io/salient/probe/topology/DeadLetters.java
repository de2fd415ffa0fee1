package io.salient.probe.topology;

import io.salient.schemas.DeadLetter;
import io.salient.schemas.DeadLetterReason;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Sends what cannot be used to the dead-letter sink, with its bytes as they came. */
final class DeadLetters {
  private static final String SERVICE = "probe";

  private final ProcessorContext<Object, Object> context;
  private final ProbeMetrics metrics;

  DeadLetters(ProcessorContext<Object, Object> context, ProbeMetrics metrics) {
    this.context = context;
    this.metrics = metrics;
  }

  /** The record that is being processed. */
  void send(byte[] key, byte[] value, long timestamp, DeadLetterReason reason, String message) {
    DeadLetter letter =
        new DeadLetter(
            reason,
            message,
            SERVICE,
            context.recordMetadata().map(RecordMetadata::topic).orElse(""),
            context.recordMetadata().map(RecordMetadata::partition).orElse(-1),
            context.recordMetadata().map(RecordMetadata::offset).orElse(-1L));
    context.forward(
        new Record<Object, Object>(key, value, timestamp, letter.headers()),
        ProbeTopology.DEAD_LETTERS);
    metrics.deadLetter(reason);
  }
}

package io.salient.ranking.topology;

import io.salient.schemas.DeadLetter;
import io.salient.schemas.DeadLetterReason;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Sends what cannot be used to the dead-letter sink, with its bytes as they came. */
final class DeadLetters {
  private static final String SERVICE = "ranking";

  private final ProcessorContext<Object, Object> context;
  private final RankingMetrics metrics;

  DeadLetters(ProcessorContext<Object, Object> context, RankingMetrics metrics) {
    this.context = context;
    this.metrics = metrics;
  }

  /** The record that is being processed. */
  void send(byte[] key, byte[] value, long timestamp, DeadLetterReason reason, String message) {
    send(
        key,
        value,
        timestamp,
        reason,
        message,
        context.recordMetadata().map(RecordMetadata::offset).orElse(-1L));
  }

  /** A record of the same partition that came before. */
  void send(
      byte[] key,
      byte[] value,
      long timestamp,
      DeadLetterReason reason,
      String message,
      long offset) {
    DeadLetter letter =
        new DeadLetter(
            reason,
            message,
            SERVICE,
            context.recordMetadata().map(RecordMetadata::topic).orElse(""),
            context.recordMetadata().map(RecordMetadata::partition).orElse(-1),
            offset);
    context.forward(
        new Record<Object, Object>(key, value, timestamp, letter.headers()),
        RankingTopology.DEAD_LETTERS);
    metrics.deadLetter(reason);
  }
}

package io.salient.streams;

import io.salient.schemas.DeadLetter;
import io.salient.schemas.DeadLetterReason;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Sends what cannot be used to the dead-letter sink, with its bytes as they came. */
public final class DeadLetters {
  /** Name of the sink, in every topology. */
  public static final String SINK = "dead-letters";

  private final String service;
  private final ProcessorContext<Object, Object> context;
  private final Consumer<DeadLetterReason> count;

  /**
   * For the records that a processor takes.
   *
   * @param service name of the service that refuses them
   * @param context of the processor, which stands before the sink
   * @param count told of each
   */
  public DeadLetters(
      String service, ProcessorContext<Object, Object> context, Consumer<DeadLetterReason> count) {
    this.service = service;
    this.context = context;
    this.count = count;
  }

  /** The record that is being processed. */
  public void send(
      byte[] key, byte[] value, long timestamp, DeadLetterReason reason, String message) {
    send(
        key,
        value,
        timestamp,
        reason,
        message,
        context.recordMetadata().map(RecordMetadata::offset).orElse(-1L));
  }

  /** A record of the same partition that came before. */
  public void send(
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
            service,
            context.recordMetadata().map(RecordMetadata::topic).orElse(""),
            context.recordMetadata().map(RecordMetadata::partition).orElse(-1),
            offset);
    context.forward(new Record<Object, Object>(key, value, timestamp, letter.headers()), SINK);
    count.accept(reason);
  }
}

package io.salient.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record that could not be used. Key and value are the source's raw bytes; what is known of them
 * goes to headers, without stack traces:
 *
 * <table>
 * <caption>Headers, each UTF-8 text</caption>
 * <tr><td>salient.reason</td><td>{@link DeadLetterReason#code}</td></tr>
 * <tr><td>salient.message</td><td>what is wrong, for people, at most 1,000 characters</td></tr>
 * <tr><td>salient.service</td><td>who refused it</td></tr>
 * <tr><td>salient.source.topic, .partition, .offset</td><td>where it stood</td></tr>
 * </table>
 *
 * @param reason why
 * @param message what is wrong, for people
 * @param service who refused it: extractor, probe or ranking
 * @param topic source topic
 * @param partition source partition
 * @param offset source offset
 */
public record DeadLetter(
    DeadLetterReason reason,
    String message,
    String service,
    String topic,
    int partition,
    long offset) {
  private static final int MESSAGE_LIMIT = 1_000;

  /** The headers of the dead letter, in the order of the table. */
  public Headers headers() {
    String text = message == null ? "" : message;
    RecordHeaders headers = new RecordHeaders();
    add(headers, "salient.reason", reason.code());
    add(
        headers,
        "salient.message",
        text.length() > MESSAGE_LIMIT ? text.substring(0, MESSAGE_LIMIT) : text);
    add(headers, "salient.service", service);
    add(headers, "salient.source.topic", topic);
    add(headers, "salient.source.partition", Integer.toString(partition));
    add(headers, "salient.source.offset", Long.toString(offset));
    return headers;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}

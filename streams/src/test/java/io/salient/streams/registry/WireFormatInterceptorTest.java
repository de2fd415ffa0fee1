package io.salient.streams.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.CheckpointSaved;
import io.salient.streams.client.KafkaSettings;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Between a client and the topics; the registry here answers over real HTTP, and fails at will. */
class WireFormatInterceptorTest {
  private static final String TOPIC = "salient.checkpoints";
  private static final int ID = 7;
  private static final CheckpointSaved SAVED =
      CheckpointSaved.newBuilder()
          .setRun("run")
          .setStep(500)
          .setUri("/runs/run/checkpoint-500")
          .setBaseline(false)
          .setAgain(false)
          .setFingerprint("f")
          .setAnnouncedAt(Instant.EPOCH)
          .build();
  private static final byte[] SINGLE_OBJECT = TopicSerdes.checkpoints().encode(SAVED);

  private final AtomicInteger questions = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private HttpServer registry;
  private WireFormatInterceptor<String> interceptor;

  @BeforeEach
  void startRegistry() throws IOException {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          questions.incrementAndGet();
          String path = exchange.getRequestURI().getPath();
          boolean fails = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          boolean known =
              path.equals(
                      "/subjects/" + TOPIC + "-" + SAVED.getSchema().getFullName() + "/versions")
                  || path.equals("/schemas/ids/" + ID);
          String schema = SAVED.getSchema().toString().replace("\\", "\\\\").replace("\"", "\\\"");
          byte[] answer =
              "{\"id\": %d, \"schema\": \"%s\"}"
                  .formatted(ID, schema)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(fails ? 503 : known ? 200 : 404, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    registry.start();
    interceptor = new WireFormatInterceptor<>();
    interceptor.configure(Map.of("salient.schema-registry.url", url()));
  }

  @AfterEach
  void stopRegistry() {
    registry.stop(0);
  }

  @Test
  void shouldSendWithTheIdAndReceiveTheSameBytesAgain() {
    // when
    byte[] sent = sent(TOPIC, SINGLE_OBJECT);

    // then
    assertThat(sent).startsWith(0, 0, 0, 0, ID).hasSize(SINGLE_OBJECT.length - 5);
    assertThat(received(TOPIC, sent)).isEqualTo(SINGLE_OBJECT);
    assertThat(TopicSerdes.checkpoints().decode(received(TOPIC, sent))).isEqualTo(SAVED);
    assertThat(questions).hasValue(1);
  }

  @Test
  void shouldAskForTheSchemaOfAnotherWriterOnce() {
    // given
    byte[] body = java.util.Arrays.copyOfRange(SINGLE_OBJECT, 10, SINGLE_OBJECT.length);
    byte[] sent = ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(ID).put(body).array();

    // when
    received(TOPIC, sent);

    // then
    assertThat(received(TOPIC, sent)).isEqualTo(SINGLE_OBJECT);
    assertThat(questions).hasValue(1);
  }

  @Test
  void shouldWaitWhileTheRegistryFails() {
    // given
    failures.set(2);

    // when
    byte[] sent = sent(TOPIC, SINGLE_OBJECT);

    // then
    assertThat(sent).startsWith(0, 0, 0, 0, ID);
    assertThat(questions).hasValue(3);
  }

  @Test
  void shouldLeaveOtherTopicsAndOtherBytesAlone() {
    assertThat(sent("salient-probe-checkpoints-changelog", SINGLE_OBJECT)).isEqualTo(SINGLE_OBJECT);
    assertThat(sent("salient.dead-letters", SINGLE_OBJECT)).isEqualTo(SINGLE_OBJECT);
    assertThat(sent(TOPIC, null)).isNull();
    assertThat(received(TOPIC, null)).isNull();
    assertThat(received(TOPIC, SINGLE_OBJECT)).isEqualTo(SINGLE_OBJECT);
    byte[] unknownId = {0, 0, 0, 0, 99, 1};
    assertThat(received(TOPIC, unknownId)).isEqualTo(unknownId);
    byte[] foreign = SINGLE_OBJECT.clone();
    foreign[2]++;
    assertThat(sent(TOPIC, foreign)).isEqualTo(foreign);
  }

  @Test
  void shouldBeAPropertyOfEveryClientWhereARegistryIsSet() {
    assertThat(properties(Map.of("salient.schema-registry.url", url())))
        .containsEntry("interceptor.classes", WireFormatInterceptor.class.getName())
        .containsEntry("salient.schema-registry.url", url());
    assertThat(properties(Map.of())).doesNotContainKey("interceptor.classes");
  }

  private static Map<String, Object> properties(Map<String, String> settings) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(KafkaSettings.class)
            .addDiscoveredSources()
            .withDefaultValues(settings)
            .build();
    return config.getConfigMapping(KafkaSettings.class).clientProperties();
  }

  private String url() {
    return "http://127.0.0.1:" + registry.getAddress().getPort();
  }

  private byte[] sent(String topic, byte[] value) {
    return interceptor.onSend(new ProducerRecord<>(topic, "run", value)).value();
  }

  private byte[] received(String topic, byte[] value) {
    TopicPartition partition = new TopicPartition(topic, 0);
    return interceptor
        .onConsume(
            new ConsumerRecords<>(
                Map.of(partition, List.of(new ConsumerRecord<>(topic, 0, 3L, "run", value))),
                Map.of()))
        .records(partition)
        .getFirst()
        .value();
  }
}

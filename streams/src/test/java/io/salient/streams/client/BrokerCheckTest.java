package io.salient.streams.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may sit at an address that is given as a broker's. */
class BrokerCheckTest {
  private static final byte[] TLS_ALERT = {0x15, 3, 3, 0, 2, 2, 0x50};

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private ServerSocket server;

  @AfterEach
  void close() throws IOException {
    if (server != null) {
      server.close();
    }
    threads.shutdownNow();
  }

  /** Answers every connection with the same bytes once it has been asked, and closes it. */
  private String listening(byte[] answer) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(
        () -> {
          while (!server.isClosed()) {
            try (Socket client = server.accept()) {
              client.getInputStream().readNBytes(21);
              client.getOutputStream().write(answer);
            } catch (IOException e) {
              return; // closed with the test
            }
          }
        });
    return "127.0.0.1:" + server.getLocalPort();
  }

  private static void check(String servers, Map<String, String> more) {
    Map<String, Object> properties = new java.util.HashMap<>(more);
    properties.put("bootstrap.servers", servers);
    new BrokerCheck(properties, Duration.ZERO).require();
  }

  private static void assertRefused(String servers, String... words) {
    assertThatThrownBy(() -> check(servers, Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(servers)
        .hasMessageContaining("salient.kafka.bootstrap-servers")
        .hasMessageContainingAll(words);
  }

  @Test
  void shouldTakeABrokerThatAnswersTheQuestion() throws IOException {
    byte[] answer = {0, 0, 0, 10, 0, 0, 0x5A, 0x11, 0, 0, 0, 0, 0, 0};
    String address = listening(answer);

    assertThatCode(() -> check(address, Map.of())).doesNotThrowAnyException();
  }

  @Test
  void shouldTakeOneBrokerAmongSeveralAddresses() throws IOException {
    String address = listening(new byte[] {0, 0, 0, 10, 0, 0, 0x5A, 0x11, 0, 0, 0, 0, 0, 0});

    assertThatCode(() -> check("no-such-host.invalid:9092," + address, Map.of()))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldKnowATlsPortByItsAlert() throws IOException {
    assertRefused(listening(TLS_ALERT), "TLS", "security.protocol");
  }

  @Test
  void shouldLeaveTlsToAClientThatSpeaksIt() throws IOException {
    String address = listening(TLS_ALERT);

    assertThatCode(() -> check(address, Map.of("security.protocol", "SASL_SSL")))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldKnowAWebServer() throws IOException {
    byte[] answer = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    assertRefused(listening(answer), "web server");
  }

  @Test
  void shouldKnowWhatIsNoKafka() throws IOException {
    assertRefused(
        listening("220 mail.example ready".getBytes(StandardCharsets.US_ASCII)), "not Kafka");
    server.close();
    assertRefused(listening(new byte[0]), "closed without an answer", "TLS");
  }

  @Test
  void shouldSayThatNothingListens() throws IOException {
    try (Socket bound = new Socket()) { // has a port that nobody else can have, and does not listen
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      assertRefused("127.0.0.1:" + bound.getLocalPort(), "nothing listens there");
    }
  }

  @Test
  void shouldSayThatThereIsNoSuchHost() {
    assertRefused("no-such-host.invalid:9092", "no host of this name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:", ":9092", "a:9092,", "a:port", "a:70000"})
  void shouldRefuseWhatIsNoAddress(String servers) {
    assertThat(BrokerCheck.malformed(servers)).contains("HOST:PORT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {"localhost:9092", "a:1,b:65535", "[::1]:9092"})
  void shouldTakeAddresses(String servers) {
    assertThat(BrokerCheck.malformed(servers)).isNull();
  }
}

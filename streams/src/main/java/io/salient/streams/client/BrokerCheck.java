package io.salient.streams.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks an address whether a Kafka broker is there, before any client is started: a client would try
 * for a minute without a word, and one without TLS takes the alert of a TLS port for the size of an
 * answer, 352 MB, and dies of it.
 *
 * <p>What is sent is an ApiVersions request of version 0, which every broker since 0.10 answers,
 * also before any authentication. Where the client speaks TLS, only the connection is tried: the
 * client itself then says what is wrong with certificates.
 */
public final class BrokerCheck {
  /** One that was just started may come up meanwhile. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int CONNECT_MILLIS = 2_000;
  private static final int ANSWER_MILLIS = 4_000;

  private static final int CORRELATION = 0x5A11;

  /** Size, api key 18, version 0, correlation id, client id. */
  private static final byte[] API_VERSIONS = {
    0, 0, 0, 17, 0, 18, 0, 0, 0, 0, 0x5A, 0x11, 0, 7, 's', 'a', 'l', 'i', 'e', 'n', 't'
  };

  private static final int ALERT = 0x15;
  private static final int HANDSHAKE = 0x16;

  private final String servers;
  private final boolean tls;
  private final Duration patience;

  /** Checks what a client of these properties would connect to. */
  public BrokerCheck(Map<String, ?> clientProperties) {
    this(clientProperties, PATIENCE);
  }

  BrokerCheck(Map<String, ?> clientProperties, Duration patience) {
    this.servers = String.valueOf(clientProperties.get("bootstrap.servers"));
    this.tls =
        String.valueOf(clientProperties.get("security.protocol"))
            .toUpperCase(Locale.ROOT)
            .endsWith("SSL");
    this.patience = patience;
  }

  /** What an address answered; null where it is a broker. */
  private record Answer(String problem, boolean mayChange) {}

  /**
   * Returns when one of the addresses is a broker.
   *
   * @throws IllegalStateException within ten seconds when none is: with each address, what answered
   *     there and which setting to change
   */
  public void require() {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      List<String> problems = new ArrayList<>();
      boolean mayChange = false;
      for (String address : servers.split(",", -1)) {
        Answer answer = ask(address.strip());
        if (answer == null) {
          return;
        }
        problems.add(address.strip() + ": " + answer.problem());
        mayChange |= answer.mayChange();
      }
      if (!mayChange || System.nanoTime() > end) {
        throw new IllegalStateException(
            "no Kafka broker at "
                + String.join("; ", problems)
                + " (--bootstrap-servers, salient.kafka.bootstrap-servers)");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /**
   * Checks the form of a list of addresses.
   *
   * @return what is wrong with it; null when it is host:port[,host:port]
   */
  public static String malformed(String servers) {
    for (String address : servers.split(",", -1)) {
      String text = address.strip();
      int colon = text.lastIndexOf(':');
      if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}") || portOf(text) > 65_535) {
        return "'" + text + "' is not HOST:PORT, such as localhost:9092";
      }
    }
    return null;
  }

  private static int portOf(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  private static String hostOf(String address) {
    String host = address.substring(0, address.lastIndexOf(':'));
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private Answer ask(String address) {
    if (malformed(address) != null) {
      return new Answer("is not HOST:PORT, such as localhost:9092", false);
    }
    try (Socket socket = connected(address)) {
      return tls ? null : answer(socket);
    } catch (UnknownHostException e) {
      return new Answer("there is no host of this name", false);
    } catch (ConnectException e) {
      return new Answer("nothing listens there (" + e.getMessage() + ")", true);
    } catch (SocketTimeoutException e) {
      return new Answer("no connection within " + CONNECT_MILLIS / 1_000 + " s", true);
    } catch (IOException e) {
      return new Answer(String.valueOf(e.getMessage()), true);
    }
  }

  /** To the first of the host's addresses that takes a connection, as Kafka's clients do. */
  private static Socket connected(String address) throws IOException {
    IOException refused = null;
    for (InetAddress host : InetAddress.getAllByName(hostOf(address))) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(host, portOf(address)), CONNECT_MILLIS);
        return socket;
      } catch (IOException e) {
        socket.close();
        refused = refused == null ? e : refused;
      }
    }
    throw refused == null ? new UnknownHostException(address) : refused;
  }

  private static Answer answer(Socket socket) throws IOException {
    socket.setSoTimeout(ANSWER_MILLIS);
    socket.getOutputStream().write(API_VERSIONS);
    try {
      byte[] head = socket.getInputStream().readNBytes(8);
      return head.length < 8 && !isTls(head) ? cut(head) : judged(head);
    } catch (SocketTimeoutException e) {
      return new Answer(
          "something accepts connections and does not answer as Kafka does within "
              + ANSWER_MILLIS / 1_000
              + " s",
          false);
    } catch (EOFException e) {
      return cut(new byte[0]);
    } catch (IOException e) { // reset
      return cut(new byte[0]);
    }
  }

  private static Answer judged(byte[] head) {
    if (isTls(head)) {
      return new Answer(
          "the port expects TLS: set salient.kafka.properties.\"security.protocol\" to SSL or"
              + " SASL_SSL, or give the port of the PLAINTEXT listener",
          false);
    }
    if (new String(head, java.nio.charset.StandardCharsets.ISO_8859_1).startsWith("HTTP/")) {
      return new Answer("a web server answers, not Kafka", false);
    }
    int correlation = java.nio.ByteBuffer.wrap(head).getInt(4);
    return correlation == CORRELATION
        ? null
        : new Answer("something answers that is not Kafka", false);
  }

  private static boolean isTls(byte[] head) {
    return head.length >= 2 && (head[0] == ALERT || head[0] == HANDSHAKE) && head[1] == 3;
  }

  /** A broker that is starting or stopping does so too. */
  private static Answer cut(byte[] head) {
    return new Answer(
        head.length == 0
            ? "the connection is closed without an answer: it is no Kafka, or it expects TLS"
                + " (salient.kafka.properties.\"security.protocol\")"
            : "something answers that is not Kafka",
        head.length == 0);
  }
}

package io.salient.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** One who listens to a stream of events, or only says so and never reads. */
final class StreamClient implements AutoCloseable {
  private static final int SMALL_BUFFER = 4_096;

  private final Socket socket;

  private StreamClient(Socket socket) {
    this.socket = socket;
  }

  /** Hands the data of each event to a reader, on a thread of its own. */
  static StreamClient reading(URI address, String path, Consumer<String> reader)
      throws IOException {
    StreamClient client = new StreamClient(new Socket());
    client.ask(address, path);
    Thread.ofVirtual().start(() -> client.read(reader));
    return client;
  }

  /** Never reads. Its buffer is small: what the kernel holds for it is no matter here. */
  static StreamClient deaf(URI address, String path) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(SMALL_BUFFER);
    StreamClient client = new StreamClient(socket);
    client.ask(address, path);
    return client;
  }

  private void ask(URI address, String path) throws IOException {
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
    String request =
        "GET /%s HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n\r\n"
            .formatted(path, address.getAuthority());
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }

  private void read(Consumer<String> reader) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data:")) {
          reader.accept(line);
        }
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException("the service broke off", e);
      }
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

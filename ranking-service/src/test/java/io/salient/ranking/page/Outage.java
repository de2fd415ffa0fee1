package io.salient.ranking.page;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a browser and the service, and can cut all connections as a dead service does. */
final class Outage implements AutoCloseable {
  private final int target;
  private final int port;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private ServerSocket door;

  Outage(int target) throws IOException {
    this.target = target;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    port = door.getLocalPort();
    serve(door);
  }

  int port() {
    return port;
  }

  /** Nothing answers any more. */
  void cut() throws IOException {
    door.close();
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  /** It is there again. */
  void end() throws IOException {
    door = new ServerSocket();
    door.setReuseAddress(true);
    door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    serve(door);
  }

  private void serve(ServerSocket at) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!at.isClosed()) {
                try {
                  Socket caller = at.accept();
                  Socket service = new Socket(InetAddress.getLoopbackAddress(), target);
                  open.addAll(List.of(caller, service));
                  pass(caller, service);
                  pass(service, caller);
                } catch (IOException e) {
                  return; // cut
                }
              }
            });
  }

  private static void pass(Socket from, Socket to) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (from;
                  to) {
                from.getInputStream().transferTo(to.getOutputStream());
              } catch (IOException e) {
                // cut, or left: closing is all there is to do
              }
            });
  }

  @Override
  public void close() throws IOException {
    cut();
  }
}

package io.salient.standalone.command;

import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the page is. */
final class PortOption {
  private static final int HIGHEST = 65_535;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private int port = 8080;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the page; 0 takes a free one. Default: 8080.")
  void port(int number) {
    if (number < 0 || number > HIGHEST) {
      throw new ParameterException(
          spec.commandLine(), "--port is 0 to " + HIGHEST + ", not " + number);
    }
    port = number;
  }

  /**
   * Adds it.
   *
   * @throws IllegalArgumentException when another program has the port: told before any work begins
   */
  void addTo(Settings settings) {
    settings.put(Setting.PAGE_PORT, Integer.toString(port));
    if (port != 0) {
      requireFree();
    }
  }

  /** The port; 0 for a free one. */
  int value() {
    return port;
  }

  private void requireFree() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "port "
              + port
              + " cannot be taken ("
              + e.getMessage()
              + "): give another --port, or 0 for a free one");
    }
  }
}

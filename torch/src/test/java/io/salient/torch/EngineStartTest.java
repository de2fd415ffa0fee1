package io.salient.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Starts in a JVM of its own, as a user's program would, without any of the build's flags. */
class EngineStartTest {
  private record Outcome(int exitCode, String output) {}

  /** What the other JVM runs. */
  public static void main(String[] arguments) {
    try (NDManager manager = TorchEngine.newManager();
        TorchProgram program =
            TorchProgram.compile(
                "double", "def twice(self, x: Tensor) -> Tensor:\n  return torch.add(x, x)\n")) {
      NDArray y = program.call(manager, "twice", manager.create(2f)).singletonOrThrow();
      if (y.getFloat() != 4f || TorchEngine.threads() != 1) {
        System.exit(3);
      }
    }
  }

  @Test
  void shouldStartQuietlyAndOfflineWithoutAnyFlag() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // given: everything that dials out would come to this proxy
      String port = Integer.toString(proxy.getLocalPort());

      // when
      Outcome outcome =
          start(
              "-Dsalient.torch.threads=1",
              "-Dhttp.proxyHost=127.0.0.1",
              "-Dhttp.proxyPort=" + port,
              "-Dhttps.proxyHost=127.0.0.1",
              "-Dhttps.proxyPort=" + port);

      // then
      assertThat(outcome.output()).isEmpty();
      assertThat(outcome.exitCode()).isZero();
      proxy.setSoTimeout(1);
      assertThatThrownBy(proxy::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void shouldSayWhatToDoWhenTheLibraryCannotBeUnpacked() throws Exception {
    Outcome outcome = start("-DDJL_CACHE_DIR=/proc/not-writable");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output())
        .contains("LibTorch cannot be loaded")
        .contains("/proc/not-writable: that folder must be writable")
        .contains("set DJL_CACHE_DIR");
  }

  @Test
  void shouldRefuseANumberOfThreadsThatIsNone() throws Exception {
    Outcome outcome = start("-Dsalient.torch.threads=many");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output())
        .contains("salient.torch.threads=many: must be a number of threads from 1 to 4096");
  }

  /** Ours without a log manager, so that what the libraries would say on their own is seen. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("jboss"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Outcome start(String... properties) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(properties));
    command.addAll(List.of("-cp", classPath()));
    command.add(EngineStartTest.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // Not what is tested, and the JVM announces them.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}

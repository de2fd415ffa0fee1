package io.salient.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as far as it goes without an application: it finds itself and a JDK. */
class LauncherTest {
  private static final Path LAUNCHER = Path.of("../salient").toAbsolutePath().normalize();
  private static final String JDK = System.getProperty("java.home");

  @TempDir Path folder;

  @Test
  void shouldRunThroughASymbolicLink() throws IOException, InterruptedException {
    Path link = Files.createSymbolicLink(folder.resolve("salient"), LAUNCHER);
    Path other = Files.createSymbolicLink(folder.resolve("again"), link);

    assertThat(jdk(other, Map.of("JAVA_HOME", JDK, "HOME", folder.toString()))).isEqualTo(JDK);
  }

  @Test
  void shouldRunWithoutAHome() throws IOException, InterruptedException {
    assertThat(jdk(LAUNCHER, Map.of("JAVA_HOME", JDK))).isEqualTo(JDK);
  }

  private static String jdk(Path launcher, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.of(launcher.toString(), "--jdk"));
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed.strip();
  }
}

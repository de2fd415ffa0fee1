package io.salient.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page's own code outside of a browser: how many connections it holds (a browser opens six to
 * one address, over all its tabs), and where steps stand on its axis.
 */
class PageCodeTest {
  private static final Path PAGE = Path.of("src/main/resources/META-INF/resources");

  @TempDir Path folder;

  @Test
  void shouldOpenOneStreamAtOnePlace() throws IOException {
    try (Stream<Path> files = Files.walk(PAGE)) {
      long opened = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        opened += Files.readString(file).split("new EventSource", -1).length - 1;
      }
      assertThat(opened).isEqualTo(1);
    }
  }

  @Test
  void shouldGiveItsStreamBackAndSayWhenItGetsNone() throws IOException, InterruptedException {
    run("follow.mjs", "api.js");
  }

  @Test
  void shouldShareOneStreamAmongAllTabs() throws IOException, InterruptedException {
    run("shared.mjs", "shared-stream.js");
  }

  @Test
  void shouldPutStepsOnTheAxisThatIsWanted() throws IOException, InterruptedException {
    run("axis.mjs", "axis.js");
  }

  /** The page's own code, with a stream and timers that the script moves; needs Node. */
  private void run(String script, String module) throws IOException, InterruptedException {
    try (Stream<Path> modules = Files.list(PAGE.resolve("page"))) {
      for (Path file : modules.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Files.writeString(folder.resolve("package.json"), "{\"type\": \"module\"}");

    Process node =
        node(
            "src/test/resources/page/" + script,
            folder.resolve(module).toAbsolutePath().toString());
    String printed = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(node.waitFor()).as(printed).isZero();
  }

  private static Process node(String... arguments) {
    String[] command =
        Stream.concat(Stream.of("node"), Stream.of(arguments)).toArray(String[]::new);
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return abort("skipped: the page's code needs Node to run here, and there is none");
    }
  }
}

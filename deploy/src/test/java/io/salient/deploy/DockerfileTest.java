package io.salient.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which jars the layer of libraries takes: the Dockerfile has nothing but patterns of names. */
class DockerfileTest {
  private static final Pattern LIBRARIES =
      Pattern.compile("\\$\\{SERVICE}/target/quarkus-app/lib/main/(\\S+)");

  @ParameterizedTest
  @CsvSource({
    "info.picocli.picocli-4.7.7.jar, true",
    "io.quarkus.quarkus-core-3.33.0.jar, true",
    "io.smallrye.config.smallrye-config-3.14.1.jar, true",
    "io.vertx.vertx-core-4.5.22.jar, true",
    "jakarta.ws.rs.jakarta.ws.rs-api-3.1.0.jar, true",
    "ai.djl.api-0.35.1.jar, true",
    "io.salient.lca-0.1.0-SNAPSHOT.jar, false",
  })
  void shouldTakeEveryLibraryThatIsNotOurs(String jar, boolean library) throws IOException {
    List<String> patterns = patterns();
    assertThat(patterns).isNotEmpty();
    assertThat(
            patterns.stream()
                .map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern))
                .anyMatch(pattern -> pattern.matches(Path.of(jar))))
        .isEqualTo(library);
  }

  /** Of the stage of libraries, with Java's sign for "none of these". */
  private static List<String> patterns() throws IOException {
    String file = Files.readString(Path.of("Dockerfile"));
    int start = file.indexOf("FROM tool AS libraries");
    String stage = file.substring(start, file.indexOf("\nFROM ", start));
    return LIBRARIES
        .matcher(stage)
        .results()
        .map((MatchResult found) -> found.group(1).replace("[^", "[!"))
        .toList();
  }
}

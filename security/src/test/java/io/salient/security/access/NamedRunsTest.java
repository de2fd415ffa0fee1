package io.salient.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S9: which runs a request is after. */
class NamedRunsTest {
  private static Optional<List<String>> asked(String path, String... query) {
    MultiMap parameters = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < query.length; i += 2) {
      parameters.add(query[i], query[i + 1]);
    }
    return NamedRuns.of(path, parameters);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/runs/a/concepts/upos/steps/20, a",
    "/api/runs/a%20b, a b",
    "/api/runs/a+b/alarms, a+b",
    "/api/overview/a%2Fb, a/b"
  })
  void shouldFindTheRunOfAnAddress(String path, String run) {
    assertThat(asked(path)).contains(List.of(run));
  }

  @Test
  void shouldFindEveryRunOfAQuery() {
    assertThat(asked("/api/compare", "runA", "a", "runA", "b", "runB", "c"))
        .contains(List.of("a", "b", "c"));
    assertThat(asked("/api/compare/seeds", "runs", "a,b")).contains(List.of("a", "b"));
    assertThat(asked("/api/runs", "run", "c")).contains(List.of("c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/new", "/api/runs;x/a", "/api/runs/a;-mine", "/api/runsx", "/q/metrics"})
  void shouldNotGuessWhatAnAddressMeans(String path) {
    assertThat(asked(path)).isEmpty();
  }

  /** So that what is added to the interface is thought of here. */
  @Test
  void shouldKnowEveryAddressOfTheInterface() throws IOException {
    List<String> paths =
        Files.readAllLines(Path.of("../docs/openapi.yaml")).stream()
            .filter(line -> line.startsWith("  /api/"))
            .map(line -> line.strip().replace(":", ""))
            .toList();

    assertThat(paths).hasSizeGreaterThan(8).allSatisfy(path -> assertThat(asked(path)).isPresent());
  }
}

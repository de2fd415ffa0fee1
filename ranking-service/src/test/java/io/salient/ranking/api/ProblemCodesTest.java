package io.salient.ranking.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The catalogue of problems lists all there are, and no others. */
class ProblemCodesTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z-]+)` \\| (\\d{3}) \\| ([^|]+) \\|", Pattern.MULTILINE);

  @Test
  void shouldBeListedWithStatusAndTitle() throws IOException {
    List<String> listed =
        ROW.matcher(Files.readString(Path.of("../docs/errors.md")))
            .results()
            .map(ProblemCodesTest::row)
            .toList();

    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ProblemCode.values())
                .map(code -> code.text() + " " + code.status() + " " + code.title())
                .toList());
  }

  private static String row(MatchResult row) {
    return row.group(1) + " " + row.group(2) + " " + row.group(3).strip();
  }
}

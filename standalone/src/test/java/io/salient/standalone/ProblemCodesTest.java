package io.salient.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import io.salient.security.http.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The catalogue of problems lists all that any service tells, and no others. */
@AnalyzeClasses(packages = "io.salient", importOptions = ImportOption.DoNotIncludeTests.class)
class ProblemCodesTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z-]+)` \\| (\\d{3}) \\| ([^|]+) \\|", Pattern.MULTILINE);

  @ArchTest
  static void shouldBeListedWithStatusAndTitle(JavaClasses all) throws IOException {
    List<String> told =
        all.stream()
            .filter(type -> type.isEnum() && type.isAssignableTo(ProblemKind.class))
            .flatMap(type -> Arrays.stream(type.reflect().getEnumConstants()))
            .map(ProblemKind.class::cast)
            .map(kind -> kind.code() + " " + kind.status() + " " + kind.title())
            .toList();
    assertThat(told).hasSizeGreaterThan(10);

    assertThat(listed()).containsExactlyInAnyOrderElementsOf(told);
  }

  private static List<String> listed() throws IOException {
    try (Stream<MatchResult> rows =
        ROW.matcher(Files.readString(Path.of("../docs/errors.md"))).results()) {
      return rows.map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3).strip())
          .toList();
    }
  }
}

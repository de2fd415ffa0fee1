package io.salient.standalone.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S1: the tables of docs/security.md are what the topologies need, no less and no more. */
class AclTableTest {
  private static final Path PAGE = Path.of("../docs/security.md");

  @Test
  void shouldListEveryAclThatAServiceNeeds() throws IOException {
    List<String> needed = NeededAcl.all().stream().map(NeededAcl::row).toList();

    List<String> listed =
        Files.readAllLines(PAGE).stream()
            .filter(
                line -> line.matches("\\| (extractor|probe|ranking) \\| .* \\| .* \\| .* \\|.*"))
            .toList();

    assertThat(listed).as("the table of ACLs in %s", PAGE).isEqualTo(needed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"probe", "ranking"})
  void shouldListEveryTopicThatAStreamMakesAndCoverIt(String service) throws IOException {
    String start = "salient-" + service + "-";
    Stream<String> listed =
        Stream.of(Files.readString(PAGE).split("`", -1))
            .filter(word -> word.startsWith(start) && word.endsWith("-changelog"));

    assertThat(listed).containsExactlyElementsOf(NeededAcl.internalTopics(service));
  }
}

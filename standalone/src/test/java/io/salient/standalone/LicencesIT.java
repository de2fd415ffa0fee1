package io.salient.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** S10: what a process is made of, by the build's list, binds nobody who runs it. */
class LicencesIT {
  private static final Path BOM = Path.of("target/bom.json");

  /** By identifier or, where a library only has words for it, by those. */
  private static final Pattern ALLOWED =
      Pattern.compile(
          "Apache-2\\.0|MIT|MIT-0|BSD-[23]-Clause|EPL-[12]\\.0|LGPL-.*|MPL-2\\.0|CC0-1\\.0|UPL-1\\.0|0BSD|Public"
              + " Domain|Go License|BSD( 3-Clause)?( License)?|.*with-classpath-exception.*",
          Pattern.CASE_INSENSITIVE);

  @Test
  void shouldHoldNothingOfALicenceThatIsNotAllowed() throws IOException {
    // given
    JsonNode bom = new ObjectMapper().readTree(Files.readString(BOM));
    assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");

    // when
    Map<String, List<String>> others = new TreeMap<>();
    List<JsonNode> components = elements(bom.path("components")).toList();
    for (JsonNode component : components) {
      List<String> licences =
          elements(component.path("licenses")).flatMap(LicencesIT::names).toList();
      boolean ours = component.path("group").asText().equals("io.salient");
      if (!ours && licences.stream().noneMatch(name -> ALLOWED.matcher(name).matches())) {
        others.put(component.path("purl").asText(), licences);
      }
    }

    // then
    assertThat(components).hasSizeGreaterThan(100);
    assertThat(others).as("components of other licences, or of none").isEmpty();
  }

  /** Of a choice between licences, each. */
  private static Stream<String> names(JsonNode one) {
    if (one.has("expression")) {
      return Stream.of(one.path("expression").asText().replaceAll("[()]", "").split(" OR ", -1));
    }
    JsonNode licence = one.path("license");
    return Stream.of(licence.path(licence.has("id") ? "id" : "name").asText());
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}

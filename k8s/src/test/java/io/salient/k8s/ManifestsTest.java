package io.salient.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every overlay, and the example, as they would be applied. {@link BrokenManifestsTest} sees that
 * each check can fail.
 */
class ManifestsTest {
  static Stream<Manifests> manifests() {
    return Manifests.all();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void shouldBeWhatKubernetesKnows(Manifests manifests) {
    assertThat(manifests.objects().stream().flatMap(one -> CoreModels.problems(one).stream()))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void shouldNameOnlyWhatIsThere(Manifests manifests) {
    assertThat(References.problems(manifests)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void shouldBeRestrictedAndLimited(Manifests manifests) {
    assertThat(Hardening.problems(manifests)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void shouldTellTheServicesWhatTheyUnderstand(Manifests manifests) {
    assertThat(ServiceSettings.problems(manifests)).isEmpty();
  }

  @Test
  void shouldAskServicesForWhatTheyAnswer() {
    for (String service : List.of("Extractor", "Probe", "Ranking")) {
      String name = service.toLowerCase(Locale.ROOT);
      Path module = Path.of(name + "-service");
      assertThat(Manifests.text(module.resolve("pom.xml")))
          .contains("quarkus-smallrye-health", "quarkus-micrometer-registry-prometheus");
      assertThat(
              Manifests.text(
                  module.resolve(
                      "src/main/java/io/salient/" + name + "/" + service + "Health.java")))
          .contains("@Startup", "@Liveness", "@Readiness");
    }
  }

  @Test
  void shouldStartWhatTheImagesAre() {
    String dockerfile = Manifests.textIfThere(Path.of("deploy/Dockerfile"));
    assertThat(dockerfile)
        .contains("QUARKUS_HTTP_PORT=8080", "QUARKUS_HTTP_HOST=0.0.0.0", "USER 1001");
    for (String service : List.of("EXTRACTOR", "PROBE", "RANKING")) {
      assertThat(dockerfile)
          .contains(
              "SALIENT_"
                  + service
                  + "_STATE_DIR=/var/lib/salient/"
                  + service.toLowerCase(Locale.ROOT));
    }
    Manifests.of("base")
        .workloads()
        .forEach(
            workload ->
                assertThat(Tree.at(Manifests.pod(workload), "securityContext", "runAsUser"))
                    .isEqualTo(1001));
  }

  @Test
  void shouldHaveABudgetAndPoliciesForEachService() {
    Manifests base = Manifests.of("base");
    assertThat(base.ofKind("PodDisruptionBudget").map(Tree::name))
        .containsExactlyInAnyOrder("salient-extractor", "salient-probe", "salient-ranking");
    assertThat(
            base.ofKind("NetworkPolicy")
                .flatMap(one -> Tree.texts(one, "spec", "policyTypes").stream()))
        .contains("Ingress", "Egress");
    assertThat(
            base.ofKind("NetworkPolicy")
                .filter(one -> Tree.name(one).equals("salient-nothing-else"))
                .map(one -> Tree.map(one, "spec").keySet()))
        .containsExactly(Set.of("podSelector", "policyTypes"));
  }
}

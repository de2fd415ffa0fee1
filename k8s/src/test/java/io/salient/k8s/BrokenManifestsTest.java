package io.salient.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check of {@link ManifestsTest} on manifests that are broken in one place: it must tell. */
class BrokenManifestsTest {
  private static final Manifests STRIMZI = Manifests.of("overlays/strimzi");

  static Stream<Arguments> broken() {
    return Stream.of(
        // Kubernetes' own classes
        broken(
            "a field of another kind", "\"automountServiceAccountToken\":", "\"automountToken\":"),
        broken("a misspelt field", "\"readOnlyRootFilesystem\":", "\"readOnlyRootFileSystem\":"),
        broken("a misspelt probe", "\"livenessProbe\":", "\"livenesProbe\":"),
        broken("text for a number", "\"failureThreshold\":6", "\"failureThreshold\":\"six\""),
        broken("a kind that is none", "\"PodDisruptionBudget\"", "\"DisruptionBudget\""),
        // names
        broken(
            "a selector",
            "\"selector\":{\"app.kubernetes.io/name\":\"salient-probe\"}",
            "\"selector\":{\"app.kubernetes.io/name\":\"probe\"}"),
        broken("a port", "\"targetPort\":\"http\"", "\"targetPort\":\"web\""),
        broken(
            "the port of a probe",
            "\"path\":\"/q/health/ready\",\"port\":\"http\"",
            "\"path\":\"/q/health/ready\",\"port\":\"web\""),
        broken(
            "a service account",
            "\"serviceAccountName\":\"salient-probe\"",
            "\"serviceAccountName\":\"probe\""),
        broken(
            "the service of a stateful set",
            "\"serviceName\":\"salient-ranking-pods\"",
            "\"serviceName\":\"salient-ranking\""),
        broken("a claim", "\"claimName\":\"salient-data\"", "\"claimName\":\"data\""),
        broken("a secret", "\"secretName\":\"salient-probe\"", "\"secretName\":\"salient-prob\""),
        broken(
            "a volume that is not mounted",
            "\"mountPath\":\"/tmp\",\"name\":\"tmp\"",
            "\"mountPath\":\"/tmp\",\"name\":\"state\""),
        broken(
            "a budget",
            "\"maxUnavailable\":1,\"selector\":{\"matchLabels\":{\"app.kubernetes.io/name\":\"salient-probe\"",
            "\"maxUnavailable\":1,\"selector\":{\"matchLabels\":{\"app.kubernetes.io/name\":\"probe\""),
        broken("a namespace", "\"namespace\":\"kafka\"", "\"namespace\":\"salient\""),
        // hardening
        broken("root", "\"runAsNonRoot\":true,", ""),
        broken("user 0", "\"runAsUser\":1001", "\"runAsUser\":0"),
        broken(
            "a root file system that can be written",
            "\"readOnlyRootFilesystem\":true",
            "\"readOnlyRootFilesystem\":false"),
        broken(
            "privileges",
            "\"allowPrivilegeEscalation\":false",
            "\"allowPrivilegeEscalation\":true"),
        broken("capabilities", "\"drop\":[\"ALL\"]", "\"drop\":[\"KILL\"]"),
        broken("no seccomp profile", "\"type\":\"RuntimeDefault\"", "\"type\":\"Unconfined\""),
        broken(
            "a token",
            "\"automountServiceAccountToken\":false",
            "\"automountServiceAccountToken\":true"),
        broken("no limit", "\"limits\":{\"memory\":\"4Gi\"},", ""),
        broken("latest", "salient/probe:" + ServiceSettings.version(), "salient/probe:latest"),
        broken("no version", "salient/probe:" + ServiceSettings.version(), "salient/probe"),
        // settings
        broken(
            "another version", "salient/probe:" + ServiceSettings.version(), "salient/probe:9.9.9"),
        broken("a setting that there is not", "SALIENT_TOPICS_CREATE", "SALIENT_TOPICS_MAKE"),
        broken(
            "a client property that there is not",
            "\\\"sasl.mechanism\\\"",
            "\\\"sasl.mechanisms\\\""),
        broken("a path that no service answers", "/q/health/live", "/health/live"),
        broken(
            "no room for state", "\"mountPath\":\"/var/lib/salient\"", "\"mountPath\":\"/state\""));
  }

  private static Arguments broken(String what, String from, String to) {
    return Arguments.of(what, from, to);
  }

  @Test
  void shouldTellNothingOfWhatIsWhole() {
    assertThat(problems(new Manifests("whole", Tree.parse(json(STRIMZI.objects()))))).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void shouldTellWhatIsBroken(String what, String from, String to) {
    // given
    String whole = json(STRIMZI.objects());
    assertThat(whole).as("what is to be broken").contains(from);

    // when
    List<String> problems =
        problems(
            new Manifests(
                what,
                Tree.parse(whole.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)))));

    // then
    assertThat(problems).isNotEmpty();
  }

  /** One document per object; YAML reads JSON. */
  private static String json(List<Map<String, Object>> objects) {
    List<String> documents = new ArrayList<>();
    Gson gson = new GsonBuilder().disableHtmlEscaping().create();
    objects.stream()
        .sorted(Comparator.comparing(Tree::id))
        .forEach(object -> documents.add(gson.toJson(sorted(object))));
    return String.join("\n---\n", documents);
  }

  /** Keys in their order, so that the same text comes of kubectl's output and of our own. */
  private static Object sorted(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> keys = new TreeMap<>();
        Tree.map(map).forEach((key, one) -> keys.put(key, sorted(one)));
        yield keys;
      }
      case List<?> list -> list.stream().map(BrokenManifestsTest::sorted).toList();
      default -> value;
    };
  }

  private static List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    manifests.objects().forEach(object -> problems.addAll(CoreModels.problems(object)));
    problems.addAll(References.problems(manifests));
    problems.addAll(Hardening.problems(manifests));
    problems.addAll(ServiceSettings.problems(manifests));
    return problems;
  }
}

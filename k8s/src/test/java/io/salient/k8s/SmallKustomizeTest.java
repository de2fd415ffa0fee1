package io.salient.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own reader makes of the files what kubectl makes of them. */
class SmallKustomizeTest {
  private static final Pattern HASH = Pattern.compile("-[a-z0-9]{10}$");

  static Stream<String> roots() {
    return Manifests.ROOTS.stream();
  }

  @ParameterizedTest
  @MethodSource("roots")
  void shouldRenderAsKubectlDoes(String root) {
    boolean there = Kubectl.isThere();
    if (!there) {
      System.err.println(
          "!!! no kubectl: our own reader of kustomizations is NOT COMPARED with it");
    }
    Assumptions.assumeTrue(there, "kubectl is not installed");
    Path folder = Manifests.FOLDER.resolve(root);

    assertThat(plain(SmallKustomize.build(folder))).isEqualTo(plain(Kubectl.kustomize(folder)));
  }

  @Test
  void shouldRefuseWhatItDoesNotKnow(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("kustomization.yaml"), "replicas: [ { name: a, count: 2 } ]\n");
    assertThatThrownBy(() -> SmallKustomize.build(folder)).hasMessageContaining("replicas");
  }

  /** By name; without the hashes of generated names, and lists of named things in order. */
  private static Map<String, Object> plain(List<Map<String, Object>> objects) {
    Map<String, Object> all = new TreeMap<>();
    objects.forEach(
        object -> {
          Object plain = plain(object);
          all.put(Tree.id(Tree.map(plain)), plain);
        });
    return all;
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> sorted = new LinkedHashMap<>();
        new TreeMap<>(Tree.map(map)).forEach((key, one) -> sorted.put(key, plain(key, one)));
        yield sorted;
      }
      case List<?> list ->
          list.stream()
              .map(SmallKustomizeTest::plain)
              .sorted(Comparator.comparing(Object::toString))
              .toList();
      default -> value;
    };
  }

  private static Object plain(String key, Object value) {
    return key.equals("name") && value instanceof String name
        ? HASH.matcher(name).replaceFirst("")
        : plain(value);
  }
}

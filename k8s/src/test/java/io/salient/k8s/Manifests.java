package io.salient.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * All objects of an overlay, as they would be applied.
 *
 * @param name of the overlay
 * @param objects in any order
 */
record Manifests(String name, List<Map<String, Object>> objects) {
  /** The folder of this module. */
  static final Path FOLDER = Path.of("").toAbsolutePath();

  static final Path PROJECT = FOLDER.getParent();
  static final List<String> ROOTS =
      List.of("base", "overlays/dev", "overlays/strimzi", "overlays/keda", "overlays/monitoring");

  private static final Set<String> WITH_PODS = Set.of("Deployment", "StatefulSet", "Job");

  /** Every root, and the examples together with the base that they speak to. */
  static Stream<Manifests> all() {
    return Stream.concat(ROOTS.stream().map(Manifests::of), Stream.of(withExamples()));
  }

  /** By kubectl's kustomize where there is one, else by our own reader of the same files. */
  static Manifests of(String root) {
    Path folder = FOLDER.resolve(root);
    return new Manifests(
        root, Kubectl.isThere() ? Kubectl.kustomize(folder) : SmallKustomize.build(folder));
  }

  private static Manifests withExamples() {
    List<Map<String, Object>> objects = new ArrayList<>(of("base").objects());
    for (String example : List.of("training-job.yaml", "copy-job.yaml")) {
      objects.addAll(Tree.read(FOLDER.resolve("examples").resolve(example)));
    }
    return new Manifests("examples", objects);
  }

  Stream<Map<String, Object>> ofKind(String kind) {
    return objects.stream().filter(object -> Tree.kind(object).equals(kind));
  }

  boolean has(String kind, String name) {
    return ofKind(kind).anyMatch(object -> Tree.name(object).equals(name));
  }

  /** Deployments, stateful sets and jobs. */
  Stream<Map<String, Object>> workloads() {
    return objects.stream().filter(object -> WITH_PODS.contains(Tree.kind(object)));
  }

  static Map<String, Object> pod(Map<String, Object> workload) {
    return Tree.map(workload, "spec", "template", "spec");
  }

  static Map<String, Object> podLabels(Map<String, Object> workload) {
    return Tree.map(workload, "spec", "template", "metadata", "labels");
  }

  /** With those that run before the others. */
  static List<Map<String, Object>> containers(Map<String, Object> workload) {
    List<Map<String, Object>> all = new ArrayList<>(Tree.maps(pod(workload), "initContainers"));
    all.addAll(Tree.maps(pod(workload), "containers"));
    return all;
  }

  /** A file that a packed copy of the sources may lack: the test is skipped then, loudly. */
  static String textIfThere(Path file) {
    boolean there = Files.exists(PROJECT.resolve(file));
    if (!there) {
      System.err.println("!!! " + file + " is absent: what is said of it is NOT CHECKED");
    }
    Assumptions.assumeTrue(there, () -> file + " is absent");
    return text(file);
  }

  static String text(Path file) {
    try {
      return Files.readString(PROJECT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

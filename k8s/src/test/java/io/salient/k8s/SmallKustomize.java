package io.salient.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * As much of kustomize as the files here use, for machines without kubectl: resources, components,
 * generated config maps (without the hash in their names), patches, namespace, labels and images.
 * Anything else in a kustomization is refused, so that nothing is passed over.
 */
final class SmallKustomize {
  private static final Set<String> KNOWN =
      Set.of(
          "apiVersion",
          "kind",
          "resources",
          "components",
          "configMapGenerator",
          "patches",
          "namespace",
          "labels",
          "images");
  private static final Set<String> WITHOUT_NAMESPACE = Set.of("Namespace");

  private final Path folder;
  private final Map<String, Object> kustomization;
  private final List<Map<String, Object>> objects;

  private SmallKustomize(Path folder, List<Map<String, Object>> objects) {
    this.folder = folder;
    this.kustomization = Tree.read(folder.resolve("kustomization.yaml")).getFirst();
    this.objects = new ArrayList<>(objects);
    for (String key : kustomization.keySet()) {
      if (!KNOWN.contains(key)) {
        throw new AssertionError(folder + "/kustomization.yaml: " + key + " is not known here");
      }
    }
  }

  /** All objects of a folder. */
  static List<Map<String, Object>> build(Path folder) {
    return new SmallKustomize(folder.normalize(), List.of()).build();
  }

  private List<Map<String, Object>> build() {
    for (String resource : Tree.texts(kustomization, "resources")) {
      Path path = folder.resolve(resource).normalize();
      objects.addAll(Files.isDirectory(path) ? build(path) : Tree.read(path));
    }
    Tree.maps(kustomization, "configMapGenerator").forEach(this::generate);
    for (String component : Tree.texts(kustomization, "components")) {
      List<Map<String, Object>> changed =
          new SmallKustomize(folder.resolve(component).normalize(), objects).build();
      objects.clear();
      objects.addAll(changed);
    }
    Tree.maps(kustomization, "patches").forEach(this::patch);
    objects.replaceAll(this::named);
    objects.replaceAll(this::labelled);
    objects.replaceAll(this::tagged);
    return objects;
  }

  private void generate(Map<String, Object> generator) {
    Map<String, Object> data = new LinkedHashMap<>();
    for (String literal : Tree.texts(generator, "literals")) {
      data.put(
          literal.substring(0, literal.indexOf('=')), literal.substring(literal.indexOf('=') + 1));
    }
    for (String file : Tree.texts(generator, "files")) {
      data.put(file, text(folder.resolve(file)));
    }
    String name = Tree.text(generator, "name");
    if (Tree.text(generator, "behavior").equals("merge")) {
      overlay(Map.of("kind", "ConfigMap", "metadata", Map.of("name", name), "data", data));
      return;
    }
    Map<String, Object> metadata = new LinkedHashMap<>(Map.of("name", name));
    Map<String, Object> labels = Tree.map(generator, "options", "labels");
    if (!labels.isEmpty()) {
      metadata.put("labels", labels);
    }
    objects.add(
        new LinkedHashMap<>(
            Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", metadata, "data", data)));
  }

  private void patch(Map<String, Object> patch) {
    Tree.read(folder.resolve(Tree.text(patch, "path"))).forEach(this::overlay);
  }

  private void overlay(Map<String, Object> patch) {
    for (int i = 0; i < objects.size(); i++) {
      if (Tree.id(objects.get(i)).equals(Tree.id(patch))) {
        objects.set(i, StrategicMerge.merge(objects.get(i), patch));
        return;
      }
    }
    throw new AssertionError(folder + ": nothing to patch is called " + Tree.id(patch));
  }

  private Map<String, Object> named(Map<String, Object> object) {
    String namespace = Tree.text(kustomization, "namespace");
    return namespace.isEmpty() || WITHOUT_NAMESPACE.contains(Tree.kind(object))
        ? object
        : StrategicMerge.merge(object, Map.of("metadata", Map.of("namespace", namespace)));
  }

  private Map<String, Object> labelled(Map<String, Object> object) {
    Map<String, Object> now = object;
    for (Map<String, Object> labels : Tree.maps(kustomization, "labels")) {
      Map<String, Object> added = Map.of("metadata", Map.of("labels", Tree.map(labels, "pairs")));
      now = StrategicMerge.merge(now, added);
      if (Boolean.TRUE.equals(labels.get("includeTemplates"))) {
        now = StrategicMerge.merge(now, templates(now, added));
      }
    }
    return now;
  }

  /** Labels of the pods and of the volumes that an object makes. */
  private static Map<String, Object> templates(
      Map<String, Object> object, Map<String, Object> added) {
    Map<String, Object> spec = new LinkedHashMap<>();
    if (!Tree.map(object, "spec", "template").isEmpty()) {
      spec.put("template", added);
    }
    List<Map<String, Object>> claims = Tree.maps(object, "spec", "volumeClaimTemplates");
    if (!claims.isEmpty()) {
      spec.put(
          "volumeClaimTemplates",
          claims.stream().map(claim -> StrategicMerge.merge(claim, added)).toList());
    }
    return spec.isEmpty() ? Map.of() : Map.of("spec", spec);
  }

  private Map<String, Object> tagged(Map<String, Object> object) {
    Map<String, Object> now = object;
    for (Map<String, Object> image : Tree.maps(kustomization, "images")) {
      String name = Tree.text(image, "name");
      for (Map<String, Object> container : Tree.maps(Manifests.pod(now), "containers")) {
        if (Tree.text(container, "image").equals(name)) {
          Map<String, Object> tagged =
              Map.of(
                  "name", container.get("name"), "image", name + ":" + Tree.text(image, "newTag"));
          now =
              StrategicMerge.merge(
                  now,
                  Map.of(
                      "spec",
                      Map.of("template", Map.of("spec", Map.of("containers", List.of(tagged))))));
        }
      }
    }
    return now;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

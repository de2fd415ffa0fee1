package io.salient.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Ways through what a YAML document holds; what is not there is empty. */
final class Tree {
  private Tree() {}

  /** The documents of a file. */
  static List<Map<String, Object>> read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keys that are there twice are an error. */
  static List<Map<String, Object>> parse(String text) {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(strict)).loadAll(text)) {
      if (document != null) {
        documents.add(map(document));
      }
    }
    return documents;
  }

  /** What stands at the end of a path of keys; null when it is not there. */
  static Object at(Object from, String... path) {
    Object now = from;
    for (String key : path) {
      now = now instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return now;
  }

  @SuppressWarnings("unchecked") // keys of YAML's maps are text here
  static Map<String, Object> map(Object from, String... path) {
    Object found = at(from, path);
    return found == null ? Map.of() : (Map<String, Object>) found;
  }

  static List<Object> values(Object from, String... path) {
    Object found = at(from, path);
    return found == null ? List.of() : List.copyOf((List<?>) found);
  }

  static List<Map<String, Object>> maps(Object from, String... path) {
    return values(from, path).stream().map(one -> map(one)).toList();
  }

  static List<String> texts(Object from, String... path) {
    return values(from, path).stream().map(Objects::toString).toList();
  }

  /** Empty when it is not there. */
  static String text(Object from, String... path) {
    return Objects.toString(at(from, path), "");
  }

  static String kind(Map<String, Object> object) {
    return text(object, "kind");
  }

  static String name(Map<String, Object> object) {
    return text(object, "metadata", "name");
  }

  /** Such as {@code Deployment/salient-extractor}. */
  static String id(Map<String, Object> object) {
    return kind(object) + "/" + name(object);
  }
}

package io.salient.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Keeps docs/configuration.md complete: every key of every {@code @ConfigMapping}, with its
 * default, and no other.
 */
class ConfigurationTableTest {
  private static final Path TABLE = Path.of("../docs/configuration.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `(salient\\.[^`]+)` \\| (?:`([^`]*)`)? ?\\|.*");

  @Test
  void shouldListEveryKeyWithItsDefault() throws IOException {
    // given
    Map<String, String> inCode = keysInCode();

    // when
    Map<String, String> inTable = keysInTable();

    // then
    assertThat(inTable).as("keys and defaults in %s", TABLE).isEqualTo(inCode);
  }

  private static Map<String, String> keysInTable() throws IOException {
    Map<String, String> keys = new TreeMap<>();
    for (String line : Files.readAllLines(TABLE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        keys.put(row.group(1), row.group(2) == null ? "" : row.group(2));
      }
    }
    return keys;
  }

  private static Map<String, String> keysInCode() {
    Map<String, String> keys = new TreeMap<>();
    new ClassFileImporter()
        .importPackages("io.salient").stream()
            .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
            .forEach(
                type ->
                    addKeys(
                        keys,
                        type.reflect().getAnnotation(ConfigMapping.class).prefix(),
                        type.reflect()));
    assertThat(keys).isNotEmpty();
    return keys;
  }

  private static void addKeys(Map<String, String> keys, String prefix, Class<?> mapping) {
    for (Method method : mapping.getMethods()) {
      if (method.isDefault() || method.getParameterCount() > 0) {
        continue;
      }
      String key = prefix + "." + name(method);
      Class<?> type = method.getReturnType();
      if (Map.class.isAssignableFrom(type)) {
        keys.put(key + ".<name>", "");
      } else if (isGroup(type)) {
        addKeys(keys, key, type);
      } else {
        WithDefault value = method.getAnnotation(WithDefault.class);
        keys.put(key, value == null ? "" : value.value());
      }
    }
  }

  private static boolean isGroup(Class<?> type) {
    return type.isInterface()
        && type.getName().startsWith("io.salient.")
        && !Optional.class.equals(type);
  }

  private static String name(Method method) {
    WithName given = method.getAnnotation(WithName.class);
    if (given != null) {
      return given.value();
    }
    return String.join(
        "-",
        Arrays.stream(method.getName().split("(?=[A-Z])"))
            .map(part -> part.toLowerCase(Locale.ROOT))
            .toList());
  }
}

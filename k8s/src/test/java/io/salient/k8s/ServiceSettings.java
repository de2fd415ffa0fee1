package io.salient.k8s;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** What the manifests tell the services: settings, paths and images that are really theirs. */
final class ServiceSettings {
  private static final Pattern KEY = Pattern.compile("(?m)^\\| `(salient\\.[a-z0-9.-]+)` \\|");
  private static final Pattern CLIENT_PROPERTY =
      Pattern.compile("salient\\.kafka\\.propert(?:ies|y-files)\\.\"([a-z.]+)\"");

  /** Quarkus's own, each said in a document. */
  private static final Set<String> OF_QUARKUS =
      Set.of("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "QUARKUS_CONFIG_LOCATIONS");

  private static final Map<String, String> HEALTH =
      Map.of(
          "startupProbe", "/q/health/started",
          "livenessProbe", "/q/health/live",
          "readinessProbe", "/q/health/ready");

  private static final List<String> SERVICES = List.of("extractor", "probe", "ranking");

  private final Set<String> variables = documented();
  private final List<String> problems = new ArrayList<>();

  private ServiceSettings() {}

  static List<String> problems(Manifests manifests) {
    ServiceSettings settings = new ServiceSettings();
    manifests.ofKind("ConfigMap").forEach(settings::configMap);
    for (String service : SERVICES) {
      settings.service(manifests, service);
    }
    return settings.problems;
  }

  /** Keys of docs/configuration.md as variables of the environment. */
  private static Set<String> documented() {
    return KEY.matcher(Manifests.text(Path.of("docs/configuration.md")))
        .results()
        .map(row -> row.group(1).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
        .collect(Collectors.toSet());
  }

  private void configMap(Map<String, Object> map) {
    Tree.map(map, "data")
        .forEach(
            (key, value) -> {
              if (key.endsWith(".properties")) {
                properties(map, value.toString());
              } else if (!key.endsWith(".json")) {
                variable(map, key);
              }
            });
  }

  private void variable(Map<String, Object> from, String name) {
    if (!variables.contains(name) && !OF_QUARKUS.contains(name)) {
      problems.add(Tree.id(from) + ": " + name + " is no setting of docs/configuration.md");
    }
  }

  private void properties(Map<String, Object> from, String text) {
    Set<String> known = AdminClientConfig.configNames();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.substring(0, line.indexOf('=')))
        .forEach(
            key -> {
              var property = CLIENT_PROPERTY.matcher(key);
              if (!property.matches() || !known.contains(property.group(1))) {
                problems.add(Tree.id(from) + ": " + key + " is no setting of Kafka's clients");
              }
            });
    if (!text.contains(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)) {
      problems.add(Tree.id(from) + ": the clients speak in the clear");
    }
  }

  private void service(Manifests manifests, String service) {
    List<Map<String, Object>> workloads =
        manifests
            .workloads()
            .filter(workload -> Tree.name(workload).equals("salient-" + service))
            .toList();
    if (workloads.size() != 1) {
      problems.add("salient-" + service + " is there " + workloads.size() + " times");
      return;
    }
    Map<String, Object> workload = workloads.getFirst();
    Map<String, Object> container = Manifests.containers(workload).getFirst();
    String image = "salient/" + service + ":" + version();
    if (!Tree.text(container, "image").equals(image)) {
      problems.add(Tree.id(workload) + ": its image is not " + image);
    }
    for (Map<String, Object> variable : Tree.maps(container, "env")) {
      if (Tree.text(variable, "name").startsWith("SALIENT_")) {
        variable(workload, Tree.text(variable, "name"));
      }
    }
    HEALTH.forEach(
        (probe, path) -> {
          if (!Tree.text(container, probe, "httpGet", "path").equals(path)) {
            problems.add(Tree.id(workload) + ": " + probe + " does not ask " + path);
          }
        });
    if (Tree.maps(container, "volumeMounts").stream()
        .noneMatch(mount -> Tree.text(mount, "mountPath").equals("/var/lib/salient"))) {
      problems.add(Tree.id(workload) + ": has nowhere to keep state: /var/lib/salient");
    }
  }

  /** The version of this project. */
  static String version() {
    var version =
        Pattern.compile("<version>([^<]+)</version>").matcher(Manifests.text(Path.of("pom.xml")));
    if (!version.find()) {
      throw new AssertionError("pom.xml has no version");
    }
    return version.group(1);
  }
}

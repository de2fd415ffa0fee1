package io.salient.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Alert rules and board ask for metrics of docs/metrics.md and no others; that those are in a live
 * scrape is seen by ThreeProcessesIT of standalone.
 */
class MonitoringTest {
  private static final Path RULES = Path.of("deploy/monitoring/rules.yml");
  private static final Pattern NAME = Pattern.compile("\\b(?:salient|jvm|process|kafka|http)_\\w+");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| (gauge|counter|timer) \\|([^|]*)\\|");

  /** Made by Prometheus itself. */
  private static final Set<String> PROMETHEUS_OWN = Set.of("up");

  private final Map<String, Object> rules = Tree.parse(Manifests.text(RULES)).getFirst();
  private final Map<String, Object> board =
      Tree.parse(Manifests.text(Path.of("deploy/monitoring/grafana/salient.json"))).getFirst();

  /** Series by name, with the labels that they have. */
  private static Map<String, Set<String>> documented() {
    return ROW.matcher(Manifests.text(Path.of("docs/metrics.md")))
        .results()
        .flatMap(MonitoringTest::series)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Stream<Map.Entry<String, Set<String>>> series(MatchResult row) {
    Set<String> labels = new TreeSet<>();
    Matcher label = Pattern.compile("`(\\w+)`").matcher(row.group(3));
    while (label.find()) {
      labels.add(label.group(1));
    }
    List<String> ends =
        row.group(2).equals("timer") ? List.of("_count", "_sum", "_max") : List.of("");
    return ends.stream().map(end -> Map.entry(row.group(1) + end, labels));
  }

  private Stream<Map<String, Object>> alerts() {
    return Tree.maps(rules, "groups").stream().flatMap(group -> Tree.maps(group, "rules").stream());
  }

  private static List<String> metrics(String expression) {
    return NAME.matcher(expression).results().map(MatchResult::group).toList();
  }

  @Test
  void shouldAlertOnMetricsThatThereAre() {
    Map<String, Set<String>> documented = documented();
    assertThat(alerts())
        .isNotEmpty()
        .allSatisfy(
            alert -> {
              String expression = Tree.text(alert, "expr");
              assertThat(documented.keySet()).containsAll(metrics(expression));
              assertThat(
                      !metrics(expression).isEmpty()
                          || PROMETHEUS_OWN.stream().anyMatch(expression::contains))
                  .as(expression)
                  .isTrue();
            });
  }

  @Test
  void shouldSumAndFilterByLabelsThatTheMetricsHave() {
    Map<String, Set<String>> documented = documented();
    Set<String> ofPrometheus = Set.of("instance", "job");
    Stream.concat(alerts().map(alert -> Tree.text(alert, "expr")), expressions().stream())
        .forEach(
            expression -> {
              Set<String> known = new TreeSet<>(ofPrometheus);
              metrics(expression)
                  .forEach(name -> known.addAll(documented.getOrDefault(name, Set.of())));
              assertThat(known).as(expression).containsAll(labels(expression));
            });
  }

  /** Those of {@code by (...)} and of selectors. */
  private static Set<String> labels(String expression) {
    Set<String> labels = new TreeSet<>();
    Matcher by = Pattern.compile("\\bby \\(([^)]*)\\)").matcher(expression);
    while (by.find()) {
      labels.addAll(List.of(by.group(1).split(", *")));
    }
    Matcher selected = Pattern.compile("[{,] *(\\w+) *=~?\"").matcher(expression);
    while (selected.find()) {
      labels.add(selected.group(1));
    }
    return labels;
  }

  @Test
  void shouldSayWhatEachAlertMeans() {
    String guide = Manifests.text(Path.of("docs/kubernetes.md"));
    assertThat(alerts())
        .allSatisfy(
            alert -> {
              assertThat(guide).contains("| `" + Tree.text(alert, "alert") + "` |");
              assertThat(Tree.text(alert, "annotations", "summary")).isNotEmpty();
              assertThat(Tree.text(alert, "labels", "severity"))
                  .isIn("critical", "warning", "info");
            });
  }

  @Test
  void shouldDrawMetricsThatThereAre() {
    assertThat(expressions()).hasSizeGreaterThan(20);
    assertThat(documented().keySet())
        .containsAll(expressions().stream().flatMap(one -> metrics(one).stream()).toList());
  }

  @Test
  void shouldNameEveryPanelOnceAndNoDataSourceOfOurOwn() {
    List<Map<String, Object>> panels = Tree.maps(board, "panels");
    assertThat(panels).extracting(panel -> panel.get("title")).doesNotHaveDuplicates();
    assertThat(panels).extracting(panel -> panel.get("id")).doesNotHaveDuplicates();
    assertThat(panels.stream().filter(panel -> panel.containsKey("datasource")))
        .allSatisfy(
            panel -> assertThat(Tree.text(panel, "datasource", "uid")).isEqualTo("${datasource}"));
  }

  /** Of panels and of the variables that are chosen from. */
  private List<String> expressions() {
    Stream<String> drawn =
        Tree.maps(board, "panels").stream()
            .flatMap(panel -> Tree.maps(panel, "targets").stream())
            .map(target -> Tree.text(target, "expr"));
    Stream<String> chosen =
        Tree.maps(board, "templating", "list").stream()
            .map(variable -> Tree.text(variable, "query", "query"))
            .filter(query -> !query.isEmpty());
    return Stream.concat(drawn, chosen).toList();
  }

  @Test
  void shouldGiveTheOperatorTheRulesOfPrometheus() {
    Map<String, Object> rule =
        Manifests.of("overlays/monitoring").ofKind("PrometheusRule").findFirst().orElseThrow();
    assertThat(Tree.at(rule, "spec", "groups"))
        .as("run k8s/components/monitoring/update-rules")
        .isEqualTo(rules.get("groups"));
  }

  @Test
  void shouldLeaveOutWithComposeWhatTheServiceMonitorLeavesOut() {
    Map<String, Object> monitor =
        Manifests.of("overlays/monitoring").ofKind("ServiceMonitor").findFirst().orElseThrow();
    List<Object> inKubernetes =
        Tree.maps(monitor, "spec", "endpoints").stream()
            .flatMap(endpoint -> Tree.maps(endpoint, "metricRelabelings").stream())
            .flatMap(rule -> Stream.of(rule.get("regex"), rule.get("action")))
            .toList();
    Map<String, Object> prometheus =
        Tree.parse(Manifests.text(Path.of("deploy/monitoring/prometheus.yml"))).getFirst();
    assertThat(inKubernetes).isNotEmpty();
    assertThat(Tree.maps(prometheus, "scrape_configs"))
        .hasSize(3)
        .allSatisfy(
            job ->
                assertThat(
                        Tree.maps(job, "metric_relabel_configs").stream()
                            .flatMap(rule -> Stream.of(rule.get("regex"), rule.get("action"))))
                    .containsExactlyElementsOf(inKubernetes));
  }

  @Test
  void shouldPassTheirOwnTestsInPrometheus() {
    boolean there = Kubectl.installed("promtool", "--version");
    if (!there) {
      System.err.println("!!! no promtool: the unit tests of the alert rules are SKIPPED");
    }
    Assumptions.assumeTrue(there, "promtool is not installed");

    Kubectl.Ended checked = Kubectl.run("promtool", "check", "rules", path(RULES));
    Kubectl.Ended tested =
        Kubectl.run("promtool", "test", "rules", path(RULES.resolveSibling("rules.test.yml")));

    assertThat(checked.exit()).as(checked.output()).isZero();
    assertThat(tested.exit()).as(tested.output()).isZero();
  }

  @Test
  void shouldTestEveryRule() {
    Set<String> tested =
        Tree.maps(
                Tree.parse(Manifests.text(RULES.resolveSibling("rules.test.yml"))).getFirst(),
                "tests")
            .stream()
            .flatMap(test -> Tree.maps(test, "alert_rule_test").stream())
            .filter(test -> !Tree.maps(test, "exp_alerts").isEmpty())
            .map(test -> Tree.text(test, "alertname"))
            .collect(Collectors.toSet());
    assertThat(tested)
        .containsExactlyInAnyOrderElementsOf(
            alerts().map(alert -> Tree.text(alert, "alert")).toList());
  }

  private static String path(Path file) {
    return Manifests.PROJECT.resolve(file).toString();
  }
}

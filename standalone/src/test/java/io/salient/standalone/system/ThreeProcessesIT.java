package io.salient.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./salient services}: the three services as processes of their own. What they leave on the
 * results topic equals, byte for byte, what one process leaves there, also when one of them is
 * killed with -9 on the way.
 */
class ThreeProcessesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  @TempDir Path folder;

  @Test
  void shouldEndInTheResultsOfOneProcessWhenTheProbeIsKilledWhileItFits() {
    try (RunOnBroker broker = new RunOnBroker(folder)) {
      // given
      Map<String, String> ofOneProcess = broker.rankUndisturbed();
      IsolatedSalient salient = broker.salient("three");

      // when
      try (SalientProcess services = salient.services(broker.run())) {
        Moment.FITTING.await(salient);
        ProcessHandle probe = child(services, "probe-service");
        probe.destroyForcibly();
        awaitKeys(salient, ofOneProcess.keySet());

        // then
        assertThat(salient.results()).isEqualTo(ofOneProcess);
        assertThat(services.errors())
            .contains("the probe service has ended with 137 and is started again");
        for (String service : List.of("extractor", "probe", "ranking")) {
          assertThat(services.errors())
              .as("what the %s reads and writes", service)
              .containsPattern(service + " .*reads .*" + salient.topics().prefix());
        }
        assertMetricsAreThoseOfTheTable(services.errors());
        List<ProcessHandle> children = services.children();
        assertThat(children).hasSize(3);
        services.terminate();
        services.exitCode(PATIENCE);
        assertThat(children).noneMatch(ProcessHandle::isAlive);
      }
      try (TopicJudge judge = salient.judge(new Topics("it-three").deadLetters())) {
        assertThat(judge.all()).isEmpty();
      }
    }
  }

  /** docs/metrics.md and a scrape of the three name the same metrics, with the same labels. */
  private static void assertMetricsAreThoseOfTheTable(String log) {
    MetricsTable table = MetricsTable.read();
    Set<String> scraped = new TreeSet<>();
    for (String service : List.of("extractor", "probe", "ranking")) {
      scraped.addAll(MetricsTable.scraped(scrape(address(log, service))));
    }
    Set<String> undocumented = new TreeSet<>(scraped);
    undocumented.removeIf(series -> !series.startsWith("salient_"));
    undocumented.removeAll(table.always());
    undocumented.removeAll(table.later());
    assertThat(scraped).as("metrics of docs/metrics.md").containsAll(table.always());
    assertThat(undocumented).as("metrics that docs/metrics.md lacks").isEmpty();
  }

  /** Where a service last said that it is. */
  private static URI address(String log, String service) {
    Matcher ready = Pattern.compile("the " + service + " service is ready at (\\S+) ").matcher(log);
    URI last = null;
    while (ready.find()) {
      last = URI.create(ready.group(1));
    }
    return last;
  }

  private static String scrape(URI service) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(service.resolve("/q/metrics")).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static ProcessHandle child(SalientProcess services, String service) {
    return services.children().stream()
        .filter(child -> child.info().commandLine().orElse("").contains(service))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no process of the " + service));
  }

  /** Evaluations come last, so all is there when every key is. */
  private static void awaitKeys(IsolatedSalient salient, Set<String> keys) {
    Set<String> missing = new HashSet<>(keys);
    try (TopicJudge judge = salient.judge(salient.topics().results())) {
      judge.await(
          record -> {
            missing.remove(new String(record.key(), StandardCharsets.UTF_8));
            return missing.isEmpty();
          },
          PATIENCE);
    }
  }
}

package io.salient.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        salient.awaitFitting(PATIENCE);
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

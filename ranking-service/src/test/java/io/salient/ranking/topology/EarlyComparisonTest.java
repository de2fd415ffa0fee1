package io.salient.ranking.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.ranking.Probes;
import io.salient.schemas.ResultKey;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.MethodRanking;
import io.salient.schemas.avro.RankedNeuron;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EarlyComparisonTest {
  private static final int TOP = 4;

  private final RankingDriver driver = new RankingDriver(TOP);

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldCountWhatChangedAgainstTheStepBefore() {
    // given
    EarlyWarning before = Probes.atStep(20).earlyWarning();
    EarlyWarning now = Probes.atStep(60).earlyWarning();

    // when
    send(before).send(now.getRun() + "/" + now.getConcept(), now);

    // then
    EarlyWarning first = result(20);
    assertThat(first.getOtherStep()).isNull();
    assertThat(first.getMethods()).allMatch(method -> method.getChanged() == null);
    EarlyWarning second = result(60);
    assertThat(second.getOtherStep()).isEqualTo(20);
    assertThat(second.getOtherCheckpointId()).isEqualTo("id20");
    assertThat(second.getOtherCoverage()).isEqualTo(1);
    assertThat(second.getK()).isEqualTo(TOP);
    for (int m = 0; m < 2; m++) {
      MethodRanking method = second.getMethods().get(m);
      Set<String> entered = new HashSet<>(first(now.getMethods().get(m)));
      entered.removeAll(first(before.getMethods().get(m)));
      assertThat(method.getRanking()).isEqualTo(now.getMethods().get(m).getRanking().subList(0, 4));
      assertThat(method.getChanged()).isEqualTo(entered.size());
    }
  }

  private static List<String> first(MethodRanking method) {
    return method.getRanking().subList(0, TOP).stream()
        .map((RankedNeuron neuron) -> neuron.getLayer() + ":" + neuron.getUnit())
        .toList();
  }

  @Test
  void shouldEndWithTheSameResultsWhateverTheOrder() {
    // given: three steps, one of them at two coverages, one saved again, another concept and run
    List<EarlyWarning> warnings =
        new ArrayList<>(
            List.of(
                Probes.atStep(0).earlyWarning(),
                Probes.atStep(20).seen(0.25f).earlyWarning(),
                Probes.atStep(20).earlyWarning(),
                Probes.atStep(20).ofCheckpoint("again").announced(90).earlyWarning(),
                Probes.atStep(60).seen(0.5f).earlyWarning(),
                Probes.atStep(20).ofConcept("upos2").earlyWarning(),
                Probes.atStep(20).ofRun("run2").earlyWarning()));
    warnings.forEach(this::send);
    Map<String, byte[]> expected = driver.results();
    assertThat(result(60).getOtherCheckpointId()).isEqualTo("again");

    for (int seed = 0; seed < 10; seed++) {
      // when
      Collections.shuffle(warnings, new Random(seed));
      try (RankingDriver other = new RankingDriver(TOP)) {
        warnings.forEach(w -> other.send(w.getRun() + "/" + w.getConcept(), w));

        // then
        assertThat(other.results()).containsExactlyInAnyOrderEntriesOf(expected);
      }
    }
  }

  @Test
  void shouldNotCompareModelsOfOtherSizes() {
    EarlyWarning larger =
        EarlyWarning.newBuilder(Probes.atStep(60).earlyWarning()).setLayers(7).build();

    send(Probes.atStep(20).earlyWarning());
    send(larger);

    assertThat(result(60).getOtherStep()).isNull();
    assertThat(result(60).getMethods()).allMatch(method -> method.getChanged() == null);
  }

  @Test
  void shouldKeepTheLayersNumbersAndCompareOnlyTheSameLayers() {
    // given: as many layers of the same model, and others in the middle
    send(chosen(20, List.of(0, 6, 12)));
    send(chosen(40, List.of(0, 6, 12)));
    send(chosen(60, List.of(0, 7, 12)));

    // then
    assertThat(result(40).getLayerNumbers()).containsExactly(0, 6, 12);
    assertThat(result(40).getOtherStep()).isEqualTo(20);
    assertThat(result(60).getLayerNumbers()).containsExactly(0, 7, 12);
    assertThat(result(60).getOtherStep()).isNull();
  }

  private static EarlyWarning chosen(long step, List<Integer> layers) {
    return EarlyWarning.newBuilder(Probes.atStep(step).earlyWarning())
        .setLayerNumbers(layers)
        .build();
  }

  @Test
  void shouldRefuseWhatIsNoWarning() {
    EarlyWarning good = Probes.atStep(20).earlyWarning();
    MethodRanking unknown =
        MethodRanking.newBuilder(good.getMethods().getFirst()).setMethod("guess").build();

    driver.send("other/upos", good);
    send(EarlyWarning.newBuilder(good).setMethods(List.of(unknown)).build());
    send(EarlyWarning.newBuilder(good).setCoverage(2).build());
    send(chosen(20, List.of(0, 6)));
    send(chosen(20, List.of(6, 0, 12)));

    assertThat(driver.deadLetters()).hasSize(5);
    assertThat(driver.results()).isEmpty();
  }

  private RankingDriver send(EarlyWarning warning) {
    return driver.send(warning.getRun() + "/" + warning.getConcept(), warning);
  }

  private EarlyWarning result(long step) {
    return (EarlyWarning) driver.result(RankingDriver.key(step, ResultKey.Kind.EARLY_WARNING));
  }
}

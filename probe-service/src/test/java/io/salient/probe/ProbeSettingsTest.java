package io.salient.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.evaluation.Analysis;
import io.salient.lca.evaluation.EvaluationSettings;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.optimiser.Penalty;
import io.salient.lca.ranking.RankingMethod;
import io.salient.probe.matrix.MatrixEncoding;
import io.salient.probe.training.Tier;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** Every key and its default: a change here is a change for those who run it. */
class ProbeSettingsTest {
  @Test
  void shouldHaveTheseKeysAndDefaults() {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withMapping(ProbeSettings.class)
            .withDefaultValue("java.io.tmpdir", "/tmp")
            .build();
    ProbeSettings settings = config.getConfigMapping(ProbeSettings.class);

    assertThat(settings.applicationId()).isEqualTo("salient-probe");
    assertThat(settings.stateDir()).isEqualTo("/tmp/salient/probe");
    assertThat(settings.concepts()).isEmpty();
    assertThat(
            new FitSettings(
                settings.l1(),
                settings.l2(),
                settings.standardize(),
                settings.minLabelCount(),
                settings.tolerance(),
                settings.maxEvaluations(),
                settings.maxLabels(),
                Penalty.of(settings.penalty()),
                RankingMethod.of(settings.method())))
        .isEqualTo(FitSettings.defaults());
    assertThat(RankingMethod.of(settings.method())).isEqualTo(RankingMethod.CONTRIBUTION);
    assertThat(settings.lambdaSearch()).isFalse();
    assertThat(settings.agreement()).isEmpty();
    assertThat(settings.select()).isEmpty();
    assertThat(settings.clusterThreshold()).isEmpty();
    assertThat(settings.earlyWarning()).isTrue();
    assertThat(Analysis.named(settings.evaluations())).isEqualTo(Analysis.FAST);
    assertThat(
            new EvaluationSettings(
                Analysis.FAST,
                settings.controlDraws(),
                settings.randomDraws(),
                settings.minimalSetDelta(),
                settings.minimalSetRelative(),
                settings.disjointSets(),
                settings.topWordsNeurons(),
                settings.evaluationSeed()))
        .isEqualTo(EvaluationSettings.of(Analysis.FAST));
    assertThat(settings.splits()).isEqualTo(5);
    assertThat(Tier.named(settings.tiers()))
        .containsExactlyElementsOf(EnumSet.copyOf(Tier.IN_ORDER));
    assertThat(settings.provisionalCoverages().orElseThrow()).containsExactly(0.1, 0.25, 0.5);
    assertThat(MatrixEncoding.of(settings.matrixEncoding())).isEqualTo(MatrixEncoding.FLOAT32);
    assertThat(settings.matrixKeepBytes()).isEqualTo(8L << 30);
    assertThat(settings.maxMatrixBytes()).isEqualTo(256L << 30);
    assertThat(settings.commitInterval()).isEqualTo(Duration.ofMillis(100));
    assertThat(settings.sessionTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.threads()).isEqualTo(1);
    assertThat(Arrays.stream(ProbeSettings.class.getMethods())).hasSize(34);
  }
}

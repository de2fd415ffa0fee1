package io.salient.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.ranking.settings.RankingSettings;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every key and its default: a change here is a change for those who run it. */
class RankingSettingsTest {
  @Test
  void shouldHaveTheseKeysAndDefaults() {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withMapping(RankingSettings.class)
            .withDefaultValue("java.io.tmpdir", "/tmp")
            .build();
    RankingSettings settings = config.getConfigMapping(RankingSettings.class);

    assertThat(settings.enabled()).isTrue();
    assertThat(settings.applicationId()).isEqualTo("salient-ranking");
    assertThat(settings.stateDir()).isEqualTo("/tmp/salient/ranking");
    assertThat(settings.threads()).isEqualTo(1);
    assertThat(settings.top()).isEqualTo(100);
    assertThat(settings.commitInterval()).isEqualTo(Duration.ofMillis(100));
    assertThat(settings.sessionTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.forgetIncompleteAfter()).isEqualTo(Duration.ofDays(1));
    assertThat(settings.viewBytes()).isEqualTo(256L << 20);
    assertThat(settings.showText()).isTrue();
    assertThat(settings.maxStreamClients()).isEqualTo(256);
    assertThat(settings.conceptGauges()).isEqualTo(200);
    assertThat(settings.tensorboard()).isEmpty();
    assertThat(settings.mlflow()).isEmpty();
    assertThat(Arrays.stream(RankingSettings.class.getMethods())).hasSize(14);
  }
}

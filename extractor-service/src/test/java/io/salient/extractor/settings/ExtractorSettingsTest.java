package io.salient.extractor.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.extractor.TestSettings;
import io.salient.schemas.avro.Aggregation;
import io.salient.schemas.avro.Encoding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every key and its default. */
class ExtractorSettingsTest {
  @Test
  void shouldHaveTheseDefaults() {
    ExtractorSettings settings = TestSettings.extractor(Map.of());
    assertThat(settings.roots()).isEmpty();
    assertThat(settings.watch()).isEmpty();
    assertThat(settings.run()).isEmpty();
    assertThat(settings.baseline()).isEmpty();
    assertThat(settings.corpus().path()).isEmpty();
    assertThat(settings.corpus().dev()).isEmpty();
    assertThat(settings.corpus().test()).isEmpty();
    assertThat(settings.corpus().labels()).isEmpty();
    assertThat(settings.concepts()).isEmpty();
    assertThat(settings.aggregation()).isEqualTo(Aggregation.LAST);
    assertThat(settings.encoding()).isEqualTo(Encoding.FLOAT32);
    assertThat(settings.batchTokens()).isEqualTo(2_048);
    assertThat(settings.seed()).isEqualTo(42);
    assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.brokenAfterLooks()).isEqualTo(10);
    assertThat(settings.groupId()).isEqualTo("salient-extractor");
    assertThat(settings.maxBackoff()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void shouldReadEveryKey() {
    ExtractorSettings settings =
        TestSettings.extractor(
            Map.of(
                "salient.extractor.roots", "/a,/b",
                "salient.extractor.concepts", "upos,feats:Number",
                "salient.extractor.aggregation", "average",
                "salient.extractor.encoding", "bfloat16",
                "salient.extractor.corpus.path", "/c.txt",
                "salient.extractor.corpus.dev", "/d.txt",
                "salient.extractor.corpus.test", "/t.txt",
                "salient.extractor.corpus.labels.\"sem.tag\"", "/c.labels"));
    assertThat(settings.roots()).contains(List.of("/a", "/b"));
    assertThat(settings.concepts()).contains(List.of("upos", "feats:Number"));
    assertThat(settings.aggregation()).isEqualTo(Aggregation.AVERAGE);
    assertThat(settings.encoding()).isEqualTo(Encoding.BFLOAT16);
    assertThat(settings.corpus().dev()).contains("/d.txt");
    assertThat(settings.corpus().test()).contains("/t.txt");
    assertThat(settings.corpus().labels()).containsExactly(Map.entry("sem.tag", "/c.labels"));
  }

  @Test
  void shouldSayThatACorpusIsMissing() {
    assertThatThrownBy(() -> ConfiguredCorpus.read(TestSettings.extractor(Map.of())))
        .hasMessageContaining("salient.extractor.corpus.path");
  }

  @Test
  void shouldRefuseHalfASplit() {
    assertThatThrownBy(() -> ConfiguredCorpus.read(corpus("dev", "/d.conllu")))
        .hasMessageContaining("salient.extractor.corpus.test is missing")
        .hasMessageContaining("--dev, --test");
    assertThatThrownBy(() -> ConfiguredCorpus.read(corpus("test", "/t.conllu")))
        .hasMessageContaining("salient.extractor.corpus.dev is missing");
  }

  @Test
  void shouldRefuseLabelFilesOfThreeTexts() {
    ExtractorSettings settings =
        TestSettings.extractor(
            Map.of(
                "salient.extractor.corpus.path", "/a.txt",
                "salient.extractor.corpus.dev", "/b.txt",
                "salient.extractor.corpus.test", "/c.txt",
                "salient.extractor.corpus.labels.pos", "/a.pos"));

    assertThatThrownBy(() -> ConfiguredCorpus.read(settings))
        .hasMessageContaining("--labels")
        .hasMessageContaining("a.label beside a.txt");
  }

  private static ExtractorSettings corpus(String key, String file) {
    return TestSettings.extractor(
        Map.of(
            "salient.extractor.corpus.path", "/a.conllu", "salient.extractor.corpus." + key, file));
  }
}

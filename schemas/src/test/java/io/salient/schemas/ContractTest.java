package io.salient.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** Names that others rely on: a change here is a change for everybody who reads our topics. */
class ContractTest {
  @Test
  void shouldNameTheTopics() {
    assertThat(new Topics("salient").all())
        .containsExactly(
            "salient.checkpoints",
            "salient.activations",
            "salient.probes",
            "salient.results",
            "salient.dead-letters");
    assertThat(new Topics("team.a").results()).isEqualTo("team.a.results");
  }

  @Test
  void shouldWriteResultKeys() {
    assertThat(
            Arrays.stream(ResultKey.Kind.values())
                .map(kind -> new ResultKey("bert", "upos", 500, kind).text()))
        .containsExactly(
            "bert/upos/500/neurons",
            "bert/upos/500/drift-baseline",
            "bert/upos/500/drift-previous",
            "bert/upos/500/early-warning",
            "bert/upos/500/evaluation",
            "bert/upos/500/alarm",
            "bert/upos/500/clusters",
            "bert/upos/500/status");
    assertThat(new ResultKey("bert", ResultKey.NO_CONCEPT, 0, ResultKey.Kind.STATUS).text())
        .isEqualTo("bert/-/0/status");
    assertThat(new ResultKey("bert", "upos", ResultKey.NO_STEP, ResultKey.Kind.ALARM).text())
        .isEqualTo("bert/upos/-/alarm");
    assertThat(ResultKey.step("-")).isEqualTo(ResultKey.NO_STEP);
    assertThat(ResultKey.step("500")).isEqualTo(500);
  }

  @Test
  void shouldKeepTheCodesOfDeadLetters() {
    assertThat(Arrays.stream(DeadLetterReason.values()).map(DeadLetterReason::code))
        .containsExactly(
            "record.undecodable",
            "record.unexpected-type",
            "record.null-key",
            "record.null-value",
            "record.invalid-field",
            "checkpoint.unknown",
            "block.wrong-width",
            "block.non-finite",
            "block.wrong-labels",
            "corpus.bad-sentence",
            "checkpoint.bad",
            "record.too-large");
  }

  @Test
  void shouldSayInADeadLetterWhatWhyAndWhere() {
    // given
    DeadLetter letter =
        new DeadLetter(
            DeadLetterReason.WRONG_WIDTH, "x".repeat(2_000), "probe", "salient.activations", 3, 42);

    // when
    Header[] headers = letter.headers().toArray();

    // then
    assertThat(headers)
        .extracting(Header::key)
        .containsExactly(
            "salient.reason",
            "salient.message",
            "salient.service",
            "salient.source.topic",
            "salient.source.partition",
            "salient.source.offset");
    List<String> values =
        Arrays.stream(headers)
            .map(header -> new String(header.value(), StandardCharsets.UTF_8))
            .toList();
    assertThat(values)
        .containsExactly(
            "block.wrong-width", "x".repeat(1_000), "probe", "salient.activations", "3", "42");
  }

  @Test
  void shouldNeedNoMessageInADeadLetter() {
    DeadLetter letter = new DeadLetter(DeadLetterReason.NULL_KEY, null, "probe", "t", 0, 0);
    assertThat(letter.headers().lastHeader("salient.message").value()).isEmpty();
  }
}

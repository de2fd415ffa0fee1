package io.salient.probe.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.SentenceGroups;
import io.salient.lca.Split;
import io.salient.probe.PlantedCheckpoint;
import io.salient.schemas.avro.CorpusInfo;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.SplitBy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StartedSentencesTest {
  private static final List<Integer> STARTS = List.of(0, 2, 4, 6);

  @Test
  void shouldReadTheGroups() {
    // given: sentences 0 and 3 are alike
    ByteBuffer keys = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    keys.putInt(-5).putInt(1 << 30).putInt(7).putInt(-5).flip();
    ExtractionStarted started = started(corpus().setSplit(SplitBy.SENTENCE).setGroups(keys));

    // when
    SentenceGroups sentences = StartedSentences.of(started);
    Split split = StartedSentences.split(started, sentences);

    // then
    assertThat(IntStream.range(0, 4).map(sentences::key)).containsExactly(-5, 1 << 30, 7, -5);
    assertThat(split.part(6)).isEqualTo(split.part(0));
    assertThat(split.words()).isEqualTo(8);
  }

  /** Results of one version are made as that version would have made them. */
  @Test
  void shouldSplitAnExtractionOfAVersionBeforeByPosition() {
    // given
    ExtractionStarted started = started(corpus());

    // when
    Split split = StartedSentences.split(started, StartedSentences.of(started));

    // then
    int[] starts = STARTS.stream().mapToInt(Integer::intValue).toArray();
    Split before = Split.byGroup(SentenceGroups.byPosition(starts, 8));
    for (int word = 0; word < 8; word++) {
      assertThat(split.part(word)).isEqualTo(before.part(word));
    }
  }

  @Test
  void shouldTakeFilesAsTheyAre() {
    // given: two sentences of train, one of dev, one of test
    ExtractionStarted started =
        started(corpus().setSplit(SplitBy.FILE).setFileStarts(List.of(2, 3)));

    // when
    Split split = StartedSentences.split(started, StartedSentences.of(started));

    // then
    assertThat(IntStream.range(0, 8).map(split::part)).containsExactly(0, 0, 0, 0, 1, 1, 2, 2);
  }

  private static CorpusInfo.Builder corpus() {
    return CorpusInfo.newBuilder()
        .setName("words.conllu")
        .setSplit(SplitBy.POSITION)
        .setHash("hash")
        .setWords(8)
        .setSentenceStarts(STARTS);
  }

  private static ExtractionStarted started(CorpusInfo.Builder corpus) {
    return ExtractionStarted.newBuilder(new PlantedCheckpoint(0).started())
        .setCorpus(corpus.build())
        .build();
  }
}

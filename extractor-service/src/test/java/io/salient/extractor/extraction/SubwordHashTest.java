package io.salient.extractor.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.extractor.model.WordBatch;
import io.salient.extractor.tokenization.ExtractionCorpus;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubwordHashTest {
  private static final WordBatch.Word FIRST = new WordBatch.Word(0, 1, 2);
  private static final WordBatch.Word SECOND = new WordBatch.Word(0, 3, 3);

  @Test
  void shouldNotDependOnTheBatches() {
    // given: the same two words, in one sentence or one by one and in another order
    List<ExtractionCorpus.Batch> together =
        List.of(new ExtractionCorpus.Batch(batch(1, 7, 8, 9, 2), new int[] {0, 1}));
    List<ExtractionCorpus.Batch> apart =
        List.of(
            new ExtractionCorpus.Batch(
                new WordBatch(
                    new long[][] {{1, 9, 2}}, new WordBatch.Word[] {new WordBatch.Word(0, 1, 1)}),
                new int[] {1}),
            new ExtractionCorpus.Batch(
                new WordBatch(new long[][] {{1, 7, 8, 2}}, new WordBatch.Word[] {FIRST}),
                new int[] {0}));

    // when, then
    assertThat(SubwordHash.of(together, 2)).isEqualTo(SubwordHash.of(apart, 2)).hasSize(64);
  }

  @Test
  void shouldChangeWithASubwordAndWithWhereAWordEnds() {
    // given
    List<ExtractionCorpus.Batch> one =
        List.of(new ExtractionCorpus.Batch(batch(1, 7, 8, 9, 2), new int[] {0, 1}));
    List<ExtractionCorpus.Batch> other =
        List.of(new ExtractionCorpus.Batch(batch(1, 7, 5, 9, 2), new int[] {0, 1}));
    List<ExtractionCorpus.Batch> shifted =
        List.of(
            new ExtractionCorpus.Batch(
                new WordBatch(
                    new long[][] {{1, 7, 8, 9, 2}},
                    new WordBatch.Word[] {
                      new WordBatch.Word(0, 1, 1), new WordBatch.Word(0, 2, 3)
                    }),
                new int[] {0, 1}));

    // when, then
    assertThat(SubwordHash.of(one, 2))
        .isNotEqualTo(SubwordHash.of(other, 2))
        .isNotEqualTo(SubwordHash.of(shifted, 2));
  }

  private static WordBatch batch(long... ids) {
    return new WordBatch(new long[][] {ids}, new WordBatch.Word[] {FIRST, SECOND});
  }
}

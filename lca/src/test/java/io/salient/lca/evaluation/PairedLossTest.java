package io.salient.lca.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.SentenceGroups;
import io.salient.lca.probe.Answers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedLossTest {
  /** Sentences of two words; the first two are of one document. */
  private static final SentenceGroups SENTENCES =
      SentenceGroups.of(new int[] {0, 2, 4, 6}, new int[] {5, 5, 1, 2}, 8);

  @Test
  void shouldCompareOnTheSameWordsByGroup() {
    // given: of 4, 2 and 2 words, the one is right on 4, 2, 1, the other on 2, 2, 0
    Answers whole = answers(0, 0, 0, 0, 0, 0, 0, 1);
    Answers part = answers(0, 1, 1, 0, 0, 0, 1, 1);

    // when
    PairedLoss loss = PairedLoss.of(whole, part, SENTENCES);

    // then: d = 2, 0, 1; L = 3/8; d - L w = .5, -.75, .25
    assertThat(loss.groups()).isEqualTo(3);
    assertThat(loss.loss()).isCloseTo(.375, within(1e-12));
    assertThat(loss.error()).isCloseTo(Math.sqrt(1.5 * .875) / 8, within(1e-12));
    assertThat(loss.margin()).isCloseTo(2.919986 * Math.sqrt(1.5 * .875) / 8, within(1e-6)); // t(2)
  }

  @Test
  void shouldHaveNoMarginWhereBothSayTheSame() {
    Answers same = answers(0, 1, 1, 0, 0, 0, 1, 1);

    assertThat(PairedLoss.of(same, same, SENTENCES)).isEqualTo(new PairedLoss(0, 0, 3));
    assertThat(PairedLoss.of(same, same, SENTENCES).margin()).isZero();
  }

  @Test
  void shouldRefuseWhatCannotBePaired() {
    Answers two = new Answers(new int[] {0, 2}, new int[2], new int[2]);

    assertThatThrownBy(() -> PairedLoss.of(two, two, SENTENCES)).hasMessageContaining("1 groups");
    assertThatThrownBy(() -> PairedLoss.of(two, answers(0, 0, 0, 0, 0, 0, 0, 0), SENTENCES))
        .hasMessageContaining("other words");
  }

  /** On all words, whose label is 0. */
  private static Answers answers(int... said) {
    return new Answers(IntStream.range(0, said.length).toArray(), new int[said.length], said);
  }
}

package io.salient.extractor.tokenization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * I13: sentences above the position limit. The id of each subword is its place, so that it tells.
 */
class SentenceWindowsTest {
  private static final long CLS = -1;
  private static final long SEP = -2;
  private static final int SPECIALS = 2;

  @Example
  void shouldLeaveASentenceThatFitsAsItIs() {
    // given
    Subwords subwords = sentence(2, 1, 0, 3);
    // when
    TokenizedSentence fitted = SentenceWindows.of(subwords, 8, LongSentences.WINDOW);
    // then
    Window window = fitted.windows().getFirst();
    assertThat(fitted.windows()).hasSize(1);
    assertThat(window.ids()).containsExactly(subwords.all());
    assertThat(window.words()).containsExactly(0, 1, 3);
    assertThat(window.first()).containsExactly(1, 3, 4);
    assertThat(window.last()).containsExactly(2, 3, 6);
    assertThat(fitted.droppedWords()).isEqualTo(1);
    assertThat(fitted.truncatedWords()).isZero();
  }

  @Example
  void shouldOverlapByHalfAndTakeEachWordFromWhereItIsFurthestInside() {
    // given: 20 words of one subword, room for 8
    TokenizedSentence fitted =
        SentenceWindows.of(sentence(Collections.nCopies(20, 1)), 10, LongSentences.WINDOW);
    // then: windows of words 0-7, 4-11, 8-15, 12-19
    assertThat(fitted.windows()).hasSize(4);
    assertThat(fitted.windows().get(0).words()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(fitted.windows().get(1).words()).containsExactly(6, 7, 8, 9);
    assertThat(fitted.windows().get(2).words()).containsExactly(10, 11, 12, 13);
    assertThat(fitted.windows().get(3).words()).containsExactly(14, 15, 16, 17, 18, 19);
    assertThat(fitted.windows().get(1).ids()).containsExactly(-1, 4, 5, 6, 7, 8, 9, 10, 11, -2);
    assertThat(fitted.windows().get(1).first()).containsExactly(3, 4, 5, 6);
  }

  @Example
  void shouldGiveTheLastWindowAllTheRoomThereIs() {
    // given: 9 words, room for 8
    TokenizedSentence fitted =
        SentenceWindows.of(sentence(Collections.nCopies(9, 1)), 10, LongSentences.WINDOW);
    // then
    assertThat(fitted.windows()).hasSize(2);
    assertThat(fitted.windows().get(1).ids()).containsExactly(-1, 1, 2, 3, 4, 5, 6, 7, 8, -2);
  }

  @Example
  void shouldPartASentenceAtAWordThatFitsNowhere() {
    // given: word 2 is longer than the model takes
    TokenizedSentence fitted =
        SentenceWindows.of(sentence(1, 2, 9, 3, 1), 10, LongSentences.WINDOW);
    // then
    assertThat(fitted.truncatedWords()).isEqualTo(1);
    assertThat(fitted.windows()).hasSize(2);
    assertThat(fitted.windows().get(0).ids()).containsExactly(-1, 0, 1, 2, -2);
    assertThat(fitted.windows().get(1).ids()).containsExactly(-1, 12, 13, 14, 15, -2);
    assertThat(fitted.windows().get(1).words()).containsExactly(3, 4);
  }

  @Example
  void shouldTruncateAtAWordOnRequest() {
    // given
    Subwords subwords = sentence(2, 0, 2, 1, 1);
    // when, then: no word is halved, nothing after the first that does not fit is taken
    for (int limit = 0; limit <= 8; limit++) {
      TokenizedSentence fitted = SentenceWindows.of(subwords, limit, LongSentences.TRUNCATE);
      int fitting = limit < 4 ? 0 : limit < 6 ? 1 : limit < 7 ? 2 : limit < 8 ? 3 : 4;
      assertThat(fitted.rows()).isEqualTo(fitting);
      assertThat(fitted.truncatedWords()).isEqualTo(4 - fitting);
      assertThat(fitted.droppedWords()).isEqualTo(1);
      assertThat(fitted.windows()).hasSize(fitting == 0 ? 0 : 1);
    }
    assertThat(SentenceWindows.of(subwords, 5, LongSentences.TRUNCATE).windows().getFirst().ids())
        .containsExactly(-1, 0, 1, -2);
  }

  @Property
  void shouldGiveEveryWordThatFitsOneVectorWithTheMostContext(
      @ForAll("lengths") List<Integer> lengths, @ForAll @IntRange(min = 3, max = 40) int limit) {
    // given
    Subwords subwords = sentence(lengths);
    int capacity = limit - SPECIALS;
    // when
    TokenizedSentence fitted = SentenceWindows.of(subwords, limit, LongSentences.WINDOW);
    // then
    int[] seen = new int[lengths.size()];
    for (Window window : fitted.windows()) {
      assertWhole(subwords, window, limit);
      for (int i = 0; i < window.words().length; i++) {
        int word = window.words()[i];
        seen[word]++;
        assertThat(window.ids()[window.first()[i]]).isEqualTo(subwords.first()[word]);
        assertThat(window.ids()[window.last()[i]]).isEqualTo(subwords.last()[word]);
        for (Window other : fitted.windows()) {
          assertThat(context(other, subwords, word))
              .isLessThanOrEqualTo(context(window, subwords, word));
        }
      }
    }
    for (int word = 0; word < lengths.size(); word++) {
      boolean fits = lengths.get(word) > 0 && lengths.get(word) <= capacity;
      assertThat(seen[word]).isEqualTo(fits ? 1 : 0);
    }
    long dropped = lengths.stream().filter(length -> length == 0).count();
    assertThat(fitted.droppedWords()).isEqualTo((int) dropped);
    assertThat(fitted.rows() + fitted.droppedWords() + fitted.truncatedWords())
        .isEqualTo(lengths.size());
  }

  @Property
  void shouldGiveWordsInsideALongSentenceAQuarterOfTheModelOnEachSide(
      @ForAll @IntRange(min = 1, max = 200) int words,
      @ForAll @IntRange(min = 6, max = 40) int limit) {
    // given
    Subwords subwords = sentence(Collections.nCopies(words, 1));
    int capacity = limit - SPECIALS;
    // when
    TokenizedSentence fitted = SentenceWindows.of(subwords, limit, LongSentences.WINDOW);
    // then
    for (Window window : fitted.windows()) {
      for (int word : window.words()) {
        int inSentence = Math.min(word, words - 1 - word);
        assertThat(context(window, subwords, word))
            .isGreaterThanOrEqualTo(Math.min(inSentence, (capacity - 2) / 4));
      }
    }
  }

  /** Special subwords outside, consecutive ones of the sentence inside, cut between words. */
  private static void assertWhole(Subwords subwords, Window window, int limit) {
    long[] ids = window.ids();
    assertThat(ids.length).isLessThanOrEqualTo(limit);
    assertThat(ids).startsWith(CLS).endsWith(SEP);
    long[] inside = Arrays.copyOfRange(ids, 1, ids.length - 1);
    assertThat(inside)
        .containsExactly(LongStream.rangeClosed(ids[1], ids[ids.length - 2]).toArray());
    assertThat(subwords.first()).contains((int) ids[1]);
    assertThat(subwords.last()).contains((int) ids[ids.length - 2]);
  }

  private static int context(Window window, Subwords subwords, int word) {
    long begin = window.ids()[1];
    long end = window.ids()[window.ids().length - 2];
    if (subwords.first()[word] < begin || subwords.last()[word] > end) {
      return -1;
    }
    return (int) Math.min(subwords.first()[word] - begin, end - subwords.last()[word]);
  }

  @Provide
  Arbitrary<List<Integer>> lengths() {
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(8, Arbitraries.integers().between(0, 3)),
            net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(0, 45)))
        .list()
        .ofMaxSize(60);
  }

  private static Subwords sentence(Integer... lengths) {
    return sentence(List.of(lengths));
  }

  private static Subwords sentence(List<Integer> lengths) {
    int[] first = new int[lengths.size()];
    int[] last = new int[lengths.size()];
    int at = 0;
    for (int word = 0; word < first.length; word++) {
      int length = lengths.get(word);
      first[word] = length == 0 ? -1 : at;
      at += length;
      last[word] = length == 0 ? -1 : at - 1;
    }
    long[] ids = IntStream.range(0, at).asLongStream().toArray();
    return new Subwords(new long[] {CLS}, ids, new long[] {SEP}, first, last);
  }
}

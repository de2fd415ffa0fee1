package io.salient.extractor.tokenization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fits a sentence into the positions of a model. One that fits goes in whole, unchanged. With
 * {@link LongSentences#TRUNCATE} the first words that fit are taken, up to the first that does not.
 * With {@link LongSentences#WINDOW}, C being the positions without the special subwords, which each
 * window has around it again:
 *
 * <ol>
 *   <li>A word of more than C subwords alone gets no vector and parts the sentence: no window holds
 *       words of both sides.
 *   <li>A window holds whole words, as many from its first on as fit into C subwords. The next one
 *       begins with the first word that lies C/2 subwords or more behind the beginning of this one,
 *       or sooner where this one would otherwise share no word with it, or later where it could
 *       otherwise not hold the word that this one had no room for. The last one reaches back as far
 *       as it has room.
 *   <li>A word takes its vector from the window in which it has the most context on its shorter
 *       side: the largest min(subwords before it, subwords after it); of equal ones, from the
 *       first.
 * </ol>
 *
 * Words without a subword have no part in this.
 */
final class SentenceWindows {
  private final Subwords subwords;
  private final int capacity;
  private final List<Window> windows = new ArrayList<>();

  /** Some of the words, none without a subword: by their places among them. */
  private record Span(int from, int to) {}

  private SentenceWindows(Subwords subwords, int capacity) {
    this.subwords = subwords;
    this.capacity = capacity;
  }

  /**
   * Fits.
   *
   * @param maxPositions subwords that the model takes, special ones included
   */
  static TokenizedSentence of(Subwords subwords, int maxPositions, LongSentences mode) {
    SentenceWindows fitted = new SentenceWindows(subwords, maxPositions - subwords.specials());
    int[] words = present(subwords);
    if (mode == LongSentences.TRUNCATE || subwords.ids().length <= fitted.capacity) {
      fitted.take(words, List.of(new Span(0, fitted.end(words, 0, words.length))));
    } else {
      fitted.cut(words);
    }
    int rows = fitted.windows.stream().mapToInt(window -> window.words().length).sum();
    return new TokenizedSentence(
        fitted.windows, subwords.words() - words.length, words.length - rows);
  }

  private static int[] present(Subwords subwords) {
    int[] words = new int[subwords.words()];
    int count = 0;
    for (int word = 0; word < words.length; word++) {
      if (subwords.has(word)) {
        words[count++] = word;
      }
    }
    return Arrays.copyOf(words, count);
  }

  /** Parts the sentence at the words that fit nowhere. */
  private void cut(int[] words) {
    int from = 0;
    for (int i = 0; i <= words.length; i++) {
      if (i == words.length || subwords.length(words[i]) > capacity) {
        take(words, spans(words, from, i));
        from = i + 1;
      }
    }
  }

  private List<Span> spans(int[] words, int from, int to) {
    List<Span> spans = new ArrayList<>();
    int start = from;
    while (start < to) {
      int end = end(words, start, to);
      if (end == to) {
        spans.add(new Span(firstBefore(words, from, end), end));
        break;
      }
      spans.add(new Span(start, end));
      start = next(words, start, end);
    }
    return spans;
  }

  /** The word after the last that fits into a window. */
  private int end(int[] words, int start, int to) {
    int end = start;
    while (end < to && length(words, start, end + 1) <= capacity) {
      end++;
    }
    return end;
  }

  /** The first word of a window that ends before a word. */
  private int firstBefore(int[] words, int from, int end) {
    int first = end - 1;
    while (first > from && length(words, first - 1, end) <= capacity) {
      first--;
    }
    return first;
  }

  private int next(int[] words, int start, int end) {
    int next = start + 1;
    while (next < end - 1 && 2 * length(words, start, next) < capacity) {
      next++;
    }
    return Math.max(next, firstBefore(words, start, end + 1));
  }

  /** Subwords of the words from one to before another. */
  private int length(int[] words, int from, int to) {
    return from == to ? 0 : subwords.last()[words[to - 1]] - subwords.first()[words[from]] + 1;
  }

  private void take(int[] words, List<Span> spans) {
    int[] chosen = new int[words.length];
    Arrays.fill(chosen, -1);
    for (int s = 0; s < spans.size(); s++) {
      Span span = spans.get(s);
      for (int i = span.from(); i < span.to(); i++) {
        if (chosen[i] < 0 || context(words, span, i) > context(words, spans.get(chosen[i]), i)) {
          chosen[i] = s;
        }
      }
    }
    for (int s = 0; s < spans.size(); s++) {
      Span span = spans.get(s);
      int window = s;
      int[] own =
          java.util.stream.IntStream.range(span.from(), span.to())
              .filter(i -> chosen[i] == window)
              .map(i -> words[i])
              .toArray();
      if (own.length > 0) {
        windows.add(window(words, span, own));
      }
    }
  }

  /** Subwords on a word's shorter side. */
  private int context(int[] words, Span span, int i) {
    return Math.min(length(words, span.from(), i), length(words, i + 1, span.to()));
  }

  private Window window(int[] words, Span span, int[] own) {
    int begin = subwords.first()[words[span.from()]];
    int length = length(words, span.from(), span.to());
    int before = subwords.before().length;
    long[] ids = new long[subwords.specials() + length];
    System.arraycopy(subwords.before(), 0, ids, 0, before);
    System.arraycopy(subwords.ids(), begin, ids, before, length);
    System.arraycopy(subwords.after(), 0, ids, before + length, subwords.after().length);
    int shift = before - begin;
    return new Window(
        ids,
        own,
        Arrays.stream(own).map(word -> subwords.first()[word] + shift).toArray(),
        Arrays.stream(own).map(word -> subwords.last()[word] + shift).toArray());
  }
}

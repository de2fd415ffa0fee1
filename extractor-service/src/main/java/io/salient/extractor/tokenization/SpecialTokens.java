package io.salient.extractor.tokenization;

import io.salient.extractor.corpus.AnnotatedCorpus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The special subwords around every sentence, as words of the corpus.
 *
 * @param before such as {@code [CLS]}
 * @param after such as {@code [SEP]}
 */
public record SpecialTokens(List<String> before, List<String> after) {
  /** None, as where they are left out. */
  public static final SpecialTokens NONE = new SpecialTokens(List.of(), List.of());

  private static final int NO_LABEL = -1;

  /**
   * The corpus with them as the first and last words of every sentence, without a label of any
   * concept: they have rows, and no part in a probe. Rows are numbered anew, so that the corpus
   * hash is another one.
   */
  AnnotatedCorpus around(AnnotatedCorpus corpus) {
    List<String> words = new ArrayList<>();
    int[] starts = new int[corpus.sentences()];
    int[] old = new int[corpus.words().size() + corpus.sentences() * count()];
    for (int sentence = 0; sentence < starts.length; sentence++) {
      starts[sentence] = words.size();
      add(words, old, before);
      int start = corpus.sentenceStarts()[sentence];
      for (String word : corpus.sentence(sentence)) {
        old[words.size()] = start++;
        words.add(word);
      }
      add(words, old, after);
    }
    List<AnnotatedCorpus.Concept> concepts =
        corpus.concepts().stream().map(concept -> around(concept, old)).toList();
    return new AnnotatedCorpus(
        corpus.name(),
        List.copyOf(words),
        starts,
        concepts,
        corpus.documents(),
        corpus.fileStarts());
  }

  private int count() {
    return before.size() + after.size();
  }

  private static void add(List<String> words, int[] old, List<String> specials) {
    for (String special : specials) {
      old[words.size()] = NO_LABEL;
      words.add(special);
    }
  }

  private static AnnotatedCorpus.Concept around(AnnotatedCorpus.Concept concept, int[] old) {
    int[] codes =
        Arrays.stream(old).map(word -> word < 0 ? NO_LABEL : concept.codes()[word]).toArray();
    return new AnnotatedCorpus.Concept(concept.name(), concept.labels(), codes);
  }

  /**
   * A sentence of that corpus: its own words moved behind the first special ones, and these in its
   * first and last window.
   *
   * @param sentence tokenised without them
   * @param subwords the same sentence, whole
   * @param maxPositions subwords that the model takes
   */
  TokenizedSentence around(TokenizedSentence sentence, Subwords subwords, int maxPositions) {
    if (count() == 0 || subwords.specials() > maxPositions) {
      return sentence;
    }
    List<Window> windows = new ArrayList<>();
    for (Window window : sentence.windows()) {
      windows.add(new Window(window.ids(), moved(window.words()), window.first(), window.last()));
    }
    if (windows.isEmpty()) {
      windows.add(alone(subwords));
    }
    windows.set(0, withFirst(windows.getFirst()));
    int words = before.size() + subwords.words();
    windows.set(windows.size() - 1, withLast(windows.getLast(), words));
    return new TokenizedSentence(windows, sentence.droppedWords(), sentence.truncatedWords());
  }

  private int[] moved(int[] words) {
    return Arrays.stream(words).map(word -> word + before.size()).toArray();
  }

  private static Window alone(Subwords subwords) {
    long[] ids = Arrays.copyOf(subwords.before(), subwords.specials());
    System.arraycopy(subwords.after(), 0, ids, subwords.before().length, subwords.after().length);
    return new Window(ids, new int[0], new int[0], new int[0]);
  }

  private Window withFirst(Window window) {
    int[] at = counting(0, before.size());
    return new Window(
        window.ids(),
        joined(at, window.words()),
        joined(at, window.first()),
        joined(at, window.last()));
  }

  private Window withLast(Window window, int firstWord) {
    int[] at = counting(window.ids().length - after.size(), after.size());
    return new Window(
        window.ids(),
        joined(window.words(), counting(firstWord, after.size())),
        joined(window.first(), at),
        joined(window.last(), at));
  }

  private static int[] counting(int from, int count) {
    int[] numbers = new int[count];
    Arrays.setAll(numbers, i -> from + i);
    return numbers;
  }

  private static int[] joined(int[] a, int[] b) {
    int[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}

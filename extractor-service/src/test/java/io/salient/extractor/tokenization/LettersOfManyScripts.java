package io.salient.extractor.tokenization;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A WordPiece tokenizer that knows every letter of some scripts, and what it must make of words.
 */
final class LettersOfManyScripts {
  private static final String OTHERS =
      "äöüßÅﬁ한क्षि😀👨👩👧🇩🇪👍🏽❤\ufe0f\u0301\u0351\u036b\u0343\u030a\u1112\u1161\u11ab";

  private static final Set<Integer> LETTERS =
      Stream.of(
              IntStream.rangeClosed('!', '~'),
              IntStream.rangeClosed(0x620, 0x65f),
              IntStream.rangeClosed(0x4e00, 0x9fff),
              OTHERS.codePoints())
          .flatMapToInt(letters -> letters)
          .boxed()
          .collect(Collectors.toCollection(HashSet::new));

  private static final List<String> SUBWORDS = subwords();

  private LettersOfManyScripts() {}

  private static List<String> subwords() {
    List<String> subwords = new ArrayList<>(List.of("[UNK]", "[CLS]", "[SEP]"));
    for (int letter : LETTERS) {
      subwords.add(Character.toString(letter));
      subwords.add("##" + Character.toString(letter));
    }
    return subwords;
  }

  static WordTokenizer load() {
    return SomeTokenizers.load(LetterTokenizer.json(SUBWORDS));
  }

  /** The letters of a word: what BERT's cleaning leaves out is left out, nothing else. */
  static String cleaned(String word) {
    return word.codePoints()
        .filter(c -> c != 0xFFFD && !isOther(c) && !Character.isWhitespace(c))
        .filter(c -> !Character.isSpaceChar(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Control characters, formats such as the joiner of emoji, halves of pairs. */
  private static boolean isOther(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE -> true;
      default -> false;
    };
  }

  static boolean knows(String word) {
    return cleaned(word).codePoints().allMatch(LETTERS::contains);
  }

  /** The text of subwords, one of which stands for one letter. */
  static String text(long[] ids) {
    return java.util.Arrays.stream(ids)
        .mapToObj(id -> SUBWORDS.get((int) id))
        .map(
            subword ->
                subword.length() > 2 && subword.startsWith("##") ? subword.substring(2) : subword)
        .collect(Collectors.joining());
  }
}

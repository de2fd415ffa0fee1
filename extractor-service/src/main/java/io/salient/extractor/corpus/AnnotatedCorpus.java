package io.salient.extractor.corpus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Words in sentences, each with a label per concept. Immutable: its arrays are handed out uncopied,
 * and nobody writes into them.
 *
 * @param name file name, without its folder
 * @param words N words, by corpus word index
 * @param sentenceStarts corpus word index of each sentence's first word, ascending from 0
 * @param concepts the ways of labelling them
 * @param documents number of each sentence's document, ascending; -1 where none is marked
 * @param fileStarts first sentence of the dev and of the test file, where the corpus has them; else
 *     empty
 */
public record AnnotatedCorpus(
    String name,
    List<String> words,
    int[] sentenceStarts,
    List<Concept> concepts,
    int[] documents,
    int[] fileStarts) {
  /** The document of a sentence for which none is marked. */
  public static final int NO_DOCUMENT = -1;

  private static final int[] ONE_FILE = {};

  /** A corpus in one file that marks no documents. */
  public AnnotatedCorpus(
      String name, List<String> words, int[] sentenceStarts, List<Concept> concepts) {
    this(name, words, sentenceStarts, concepts, unmarked(sentenceStarts.length), ONE_FILE);
  }

  /** A corpus in one file. */
  AnnotatedCorpus(
      String name,
      List<String> words,
      int[] sentenceStarts,
      List<Concept> concepts,
      int[] documents) {
    this(name, words, sentenceStarts, concepts, documents, ONE_FILE);
  }

  private static int[] unmarked(int sentences) {
    int[] documents = new int[sentences];
    Arrays.fill(documents, NO_DOCUMENT);
    return documents;
  }

  /**
   * One way of labelling every word.
   *
   * @param name such as upos
   * @param labels sorted by name
   * @param codes by corpus word index: an index into labels, -1 for no label
   */
  public record Concept(String name, List<String> labels, int[] codes) {}

  /** Number of sentences. */
  public int sentences() {
    return sentenceStarts.length;
  }

  /** The words of a sentence. */
  public List<String> sentence(int sentence) {
    return words.subList(sentenceStarts[sentence], end(sentence));
  }

  private int end(int sentence) {
    return sentence + 1 < sentenceStarts.length ? sentenceStarts[sentence + 1] : words.size();
  }

  /** Index of a word's sentence. */
  public int sentenceOf(int word) {
    int found = Arrays.binarySearch(sentenceStarts, word);
    return found >= 0 ? found : -found - 2;
  }

  /** SHA-256 of everything that decides rows, labels and split, in hexadecimal. */
  public String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      update(digest, words);
      update(digest, sentenceStarts);
      update(digest, documents);
      update(digest, fileStarts);
      for (Concept concept : concepts) {
        update(digest, List.of(concept.name()));
        update(digest, concept.labels());
        update(digest, concept.codes());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  private static void update(MessageDigest digest, List<String> texts) {
    update(digest, new int[] {texts.size()});
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      update(digest, new int[] {bytes.length});
      digest.update(bytes);
    }
  }

  private static void update(MessageDigest digest, int[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
    bytes.asIntBuffer().put(numbers);
    digest.update(bytes);
  }
}

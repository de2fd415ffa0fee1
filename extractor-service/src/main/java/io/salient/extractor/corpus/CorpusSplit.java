package io.salient.extractor.corpus;

import io.salient.schemas.avro.SplitBy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which sentences of a corpus are never parted, and what decides whether they are for training,
 * development or test.
 *
 * <ul>
 *   <li>A sentence's group is its document, where the corpus marks {@link #FEWEST_DOCUMENTS} or
 *       more; else all sentences with the same words, upper and lower case told apart.
 *   <li>A sentence that stands in several documents is a group of its own with all its copies, so
 *       that it never stands on both sides. Documents that share one are not put together: phrases
 *       such as "Thanks ." would tie most of a corpus into one group.
 *   <li>Documents with the same sentences are one.
 * </ul>
 *
 * <p>A group's key is a hash of its words alone. So where it goes does not depend on what else is
 * in the corpus; only a sentence that a new document repeats may change sides.
 *
 * @param by what decides
 * @param groups key of each sentence's group, 32 bits of a SHA-256 of its words, little-endian
 */
public record CorpusSplit(SplitBy by, ByteBuffer groups) {
  /** With fewer, a fifth of them is too few to judge knowledge by, or there may be none at all. */
  public static final int FEWEST_DOCUMENTS = 50;

  /** The split of a corpus: by its files, where it has three. */
  public static CorpusSplit of(AnnotatedCorpus corpus) {
    boolean documents =
        Arrays.stream(corpus.documents())
                .filter(document -> document != AnnotatedCorpus.NO_DOCUMENT)
                .distinct()
                .count()
            >= FEWEST_DOCUMENTS;
    long[] sentences = new long[corpus.sentences()];
    Arrays.setAll(sentences, sentence -> hash(corpus.sentence(sentence)));
    long[] groups = documents ? byDocument(sentences, corpus.documents()) : sentences;
    SplitBy by =
        corpus.fileStarts().length > 0
            ? SplitBy.FILE
            : documents ? SplitBy.DOCUMENT : SplitBy.SENTENCE;
    return new CorpusSplit(by, keys(groups));
  }

  /** Test sentences that stand in the train file too, word by word; of a corpus in three files. */
  public static int repeated(AnnotatedCorpus corpus) {
    Set<List<String>> train =
        IntStream.range(0, corpus.fileStarts()[0])
            .mapToObj(corpus::sentence)
            .collect(Collectors.toCollection(HashSet::new));
    return (int)
        IntStream.range(corpus.fileStarts()[1], corpus.sentences())
            .mapToObj(corpus::sentence)
            .filter(train::contains)
            .count();
  }

  private static long[] byDocument(long[] sentences, int[] documents) {
    long[] of = documentHashes(sentences, documents);
    Map<Long, Long> only = new HashMap<>();
    for (int sentence = 0; sentence < sentences.length; sentence++) {
      long itself = sentences[sentence];
      // A sentence in several documents stands for itself.
      only.merge(itself, of[sentence], (first, next) -> first.equals(next) ? first : itself);
    }
    long[] groups = new long[sentences.length];
    Arrays.setAll(groups, sentence -> only.get(sentences[sentence]));
    return groups;
  }

  /** For each sentence the hash of its document, or its own where none is marked. */
  private static long[] documentHashes(long[] sentences, int[] documents) {
    long[] hashes = sentences.clone();
    int start = 0;
    while (start < documents.length) {
      int end = start + 1;
      while (end < documents.length && documents[end] == documents[start]) {
        end++;
      }
      if (documents[start] != AnnotatedCorpus.NO_DOCUMENT) {
        ByteBuffer all = ByteBuffer.allocate(Long.BYTES * (end - start));
        all.asLongBuffer().put(sentences, start, end - start);
        Arrays.fill(hashes, start, end, first(digest().digest(all.array())));
      }
      start = end;
    }
    return hashes;
  }

  private static long hash(List<String> words) {
    MessageDigest digest = digest();
    for (String word : words) {
      digest.update(word.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n'); // no word holds one
    }
    return first(digest.digest());
  }

  private static long first(byte[] digest) {
    return ByteBuffer.wrap(digest).getLong();
  }

  private static ByteBuffer keys(long[] groups) {
    ByteBuffer keys =
        ByteBuffer.allocate(Integer.BYTES * groups.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long group : groups) {
      keys.putInt((int) group);
    }
    return keys.flip();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}

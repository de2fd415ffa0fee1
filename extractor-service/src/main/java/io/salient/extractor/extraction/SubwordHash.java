package io.salient.extractor.extraction;

import io.salient.extractor.model.WordBatch;
import io.salient.extractor.tokenization.ExtractionCorpus;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Says whether two checkpoints cut a corpus into the same subwords, whatever their tokenizers'
 * files look like: SHA-256 over the subword ids of every word, in the order of the words. The
 * batches, which also depend on the model's size, do not matter.
 */
final class SubwordHash {
  private SubwordHash() {}

  /**
   * Of all batches of a corpus.
   *
   * @param words of the corpus
   * @return hexadecimal
   */
  static String of(List<ExtractionCorpus.Batch> batches, int words) {
    byte[][] subwords = new byte[words][];
    for (ExtractionCorpus.Batch batch : batches) {
      for (int i = 0; i < batch.rows().length; i++) {
        subwords[batch.rows()[i]] = bytes(batch.words(), batch.words().words()[i]);
      }
    }
    MessageDigest digest = sha256();
    for (int row = 0; row < words; row++) {
      if (subwords[row] != null) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(row).array());
        digest.update(subwords[row]);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] bytes(WordBatch batch, WordBatch.Word word) {
    int length = word.last() - word.first() + 1;
    ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + Long.BYTES * length).putInt(length);
    for (int position = word.first(); position <= word.last(); position++) {
      buffer.putLong(batch.ids()[word.sentence()][position]);
    }
    return buffer.array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}

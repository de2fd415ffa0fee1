package io.salient.extractor.neurox;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The vectors of all sentences in one piece of a file, sentence after sentence, each as NeuroX has
 * it. Every place is known beforehand, so that rows may come in any order and none is kept in
 * memory; a place that is never written reads as zeros.
 *
 * <pre>
 * value (sentence, k, word, unit) stands at
 * base + starts[sentence] x wordBytes + (k x words(sentence) + word) x vectorBytes + unit x size
 * </pre>
 *
 * where k counts the stored layers.
 */
final class VectorRegion {
  private final FileChannel channel;
  private final long base;
  private final StoredShape shape;

  VectorRegion(FileChannel channel, long base, StoredShape shape) {
    this.channel = channel;
    this.base = base;
    this.shape = shape;
  }

  /** Where the block of a sentence begins. */
  static long offset(StoredShape shape, int sentence) {
    return shape.starts()[sentence] * shape.wordBytes();
  }

  /**
   * Writes words of one sentence that follow each other.
   *
   * @param word the first, counted in its sentence
   * @param rows each with all its layers; its position does not move
   */
  void put(int sentence, int word, int count, ByteBuffer rows) throws IOException {
    int vector = shape.vectorBytes();
    int row = Math.multiplyExact(shape.layers(), vector);
    ByteBuffer layer = ByteBuffer.allocate(count * vector);
    for (int k = 0; k < shape.layers(); k++) {
      layer.clear();
      int from = rows.position() + k * vector;
      for (int i = 0; i < count; i++) {
        layer.put(rows.slice(from + i * row, vector));
      }
      long place = (long) k * shape.words(sentence) + word;
      write(channel, layer.flip(), base + offset(shape, sentence) + place * vector);
    }
  }

  /** Reads the block of a sentence: layers x words x H. */
  ByteBuffer read(int sentence) throws IOException {
    long bytes = shape.words(sentence) * shape.wordBytes();
    ByteBuffer block = ByteBuffer.allocate(Math.toIntExact(bytes));
    // The end of the file is a hole where the last words have no vector.
    long at = base + offset(shape, sentence);
    while (block.hasRemaining()) {
      int read = channel.read(block, at + block.position());
      if (read < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
    }
    return block.flip();
  }

  /** Makes the file as long as it will be, vectors that never come included. */
  void reserve() throws IOException {
    write(channel, ByteBuffer.allocate(1), base + shape.bytes() - 1);
  }

  static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
    long place = at;
    while (bytes.hasRemaining()) {
      place += channel.write(bytes, place);
    }
  }
}

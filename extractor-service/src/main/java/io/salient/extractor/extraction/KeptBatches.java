package io.salient.extractor.extraction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.extractor.model.WordBatch;
import io.salient.extractor.tokenization.ExtractionCorpus;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What the lower layers gave for the batches of a plan, in a mapped file; float32, native order.
 * For each batch that fits into the bound, in the order of the plan:
 *
 * <pre>
 * words x sent x H            vectors of the words in the sent layers up to the boundary
 * sentences x S x H           output of the boundary layer
 * </pre>
 */
final class KeptBatches implements AutoCloseable {
  private static final long ALIGNMENT = 64;

  private final int layer;
  private final int sent;
  private final int hiddenSize;
  private final long[] starts;
  private final BitSet filled = new BitSet();
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;

  private KeptBatches(
      int layer, int sent, int hiddenSize, long[] starts, FileChannel channel, long bytes)
      throws IOException {
    this.layer = layer;
    this.sent = sent;
    this.hiddenSize = hiddenSize;
    this.starts = starts;
    this.memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
  }

  /**
   * Makes the file, whose space is taken only as batches are put, and which ends with the process.
   *
   * @param layer boundary: the highest layer that is kept
   * @param sent how many of the layers that are sent lie at or below it
   */
  static KeptBatches create(
      Path folder, long mostBytes, ExtractionCorpus.Plan plan, int layer, int sent, int hiddenSize)
      throws IOException {
    List<ExtractionCorpus.Batch> batches = plan.batches();
    long[] starts = new long[batches.size()];
    Arrays.fill(starts, -1);
    long end = 0;
    for (int i = 0; i < starts.length; i++) {
      WordBatch words = batches.get(i).words();
      long size = vectorBytes(words, sent, hiddenSize) + stateBytes(words, hiddenSize);
      size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      if (end + size <= mostBytes && size <= Integer.MAX_VALUE) {
        starts[i] = end;
        end += size;
      }
    }
    Files.createDirectories(folder);
    Path file = Files.createTempFile(folder, "frozen-layers", ".bin");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new KeptBatches(layer, sent, hiddenSize, starts, channel, end);
    } finally {
      Files.delete(file); // the mapping keeps it, and nothing is left behind by a crash
    }
  }

  private static long vectorBytes(WordBatch words, int sent, int hiddenSize) {
    return 4L * words.words().length * sent * hiddenSize;
  }

  private static long stateBytes(WordBatch words, int hiddenSize) {
    return 4L * words.ids().length * words.paddedLength() * hiddenSize;
  }

  /** The highest layer that is kept. */
  int layer() {
    return layer;
  }

  /** Batches that are there. */
  int filled() {
    return filled.cardinality();
  }

  /** Whether a batch is there. */
  boolean has(int batch) {
    return filled.get(batch);
  }

  /** Whether a batch has its place. */
  boolean fits(int batch) {
    return starts[batch] >= 0;
  }

  /**
   * Takes a batch in; where the disk is full it is left out.
   *
   * @param vectors words x (layers sent x H), of which the lower layers are taken
   * @param state sentences x S x H
   */
  void put(int batch, NDArray vectors, NDArray state) {
    int words = Math.toIntExact(vectors.getShape().get(0));
    long row = 4L * sent * hiddenSize;
    long fullRow = 4L * vectors.getShape().get(1);
    MemorySegment source = TorchEngine.memory(vectors);
    try {
      for (int word = 0; word < words; word++) {
        MemorySegment.copy(source, word * fullRow, memory, starts[batch] + word * row, row);
      }
      long stateAt = starts[batch] + words * row;
      TorchEngine.copy(state, memory.asSlice(stateAt, 4 * state.size()));
      filled.set(batch);
    } catch (InternalError e) {
      starts[batch] = -1; // the JVM's word for mapped memory that the disk has no room for
    }
  }

  /** The word vectors of the layers sent, up to the boundary. */
  NDArray vectors(NDManager manager, int batch, WordBatch words) {
    Shape shape = new Shape(words.words().length, (long) sent * hiddenSize);
    return TorchEngine.view(manager, memory.asSlice(starts[batch], 4 * shape.size()), shape);
  }

  /** The output of the boundary layer. */
  NDArray state(NDManager manager, int batch, WordBatch words) {
    Shape shape = new Shape(words.ids().length, words.paddedLength(), hiddenSize);
    long at = starts[batch] + vectorBytes(words, sent, hiddenSize);
    return TorchEngine.view(manager, memory.asSlice(at, 4 * shape.size()), shape);
  }

  @Override
  public void close() {
    arena.close();
  }
}

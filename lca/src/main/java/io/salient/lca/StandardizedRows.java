package io.salient.lca;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Reads words block by block and standardises them: memory does not grow with their number. */
public final class StandardizedRows {
  private static final int BLOCK_BYTES = 100 << 20;
  private static final int MOST_ROWS = 8_192;

  private StandardizedRows() {}

  /** What is done with a block. */
  @FunctionalInterface
  public interface Use {
    /**
     * Called for one block after the other.
     *
     * @param values count x D float32, row-major; valid until this returns
     * @param first position of the first word among those asked for
     * @param count words of the block
     */
    void block(MemorySegment values, int first, int count);
  }

  /**
   * Goes through words once.
   *
   * @param rows corpus word indices whose rows are there
   */
  public static void each(ActivationMatrix matrix, Standardizer standardizer, int[] rows, Use use) {
    long rowBytes = 4L * matrix.width();
    int perBlock = blockRows(rows.length, matrix.width());
    try (Arena arena = Arena.ofShared()) {
      MemorySegment block = arena.allocate(rowBytes * perBlock, 64);
      for (int first = 0; first < rows.length; first += perBlock) {
        int count = Math.min(perBlock, rows.length - first);
        for (int i = 0; i < count; i++) {
          matrix.read(rows[first + i], block.asSlice(rowBytes * i, rowBytes));
        }
        MemorySegment words = block.asSlice(0, rowBytes * count);
        standardizer.apply(words, count);
        use.block(words, first, count);
      }
    }
  }

  /**
   * Rows of a block: large enough for the kernels' full rate, bounded in bytes, and about equal.
   *
   * @param rows of all blocks together
   */
  public static int blockRows(int rows, int width) {
    long most = Math.max(64, Math.min(MOST_ROWS, BLOCK_BYTES / (4L * width)));
    long blocks = Math.max(1, (rows + most - 1) / most);
    return (int) Math.max(1, (rows + blocks - 1) / blocks);
  }
}

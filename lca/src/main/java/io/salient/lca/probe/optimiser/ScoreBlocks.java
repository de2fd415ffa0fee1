package io.salient.lca.probe.optimiser;

import io.salient.lca.ScratchSpace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One value for each class and word, laid out in the blocks of the rows, class by class in each: so
 * that a block is one matrix, and the classes of a head are neighbours in it.
 */
final class ScoreBlocks {
  private final TrainRows rows;
  private final int room;
  private final MemorySegment memory;
  private int classes;

  ScoreBlocks(TrainRows rows, int classes, ScratchSpace scratch) {
    this.rows = rows;
    this.room = classes;
    this.classes = classes;
    memory = scratch.allocate(4L * classes * rows.rows());
  }

  /** The block of all classes that starts at a row, C x count. */
  MemorySegment block(int first) {
    return part(first, 0, classes);
  }

  /** Some neighbouring classes of the block that starts at a row. */
  MemorySegment part(int first, int fromClass, int count) {
    long words = rows.blockCount(first);
    return memory.asSlice(4L * first * room + 4L * fromClass * words, 4L * count * words);
  }

  /** Takes over the values of some neighbouring classes. */
  void copy(ScoreBlocks from, int fromClass, int count) {
    for (int first = 0; first < rows.rows(); first += rows.blockRows()) {
      part(first, fromClass, count).copyFrom(from.part(first, fromClass, count));
    }
  }

  /** The values of one class, word after word. */
  void read(int ofClass, float[] to) {
    for (int first = 0; first < rows.rows(); first += rows.blockRows()) {
      MemorySegment.copy(
          part(first, ofClass, 1), ValueLayout.JAVA_FLOAT, 0, to, first, rows.blockCount(first));
    }
  }

  /**
   * Drops all other classes.
   *
   * @param kept ascending
   */
  void keep(int[] kept) {
    for (int first = 0; first < rows.rows(); first += rows.blockRows()) {
      for (int c = 0; c < kept.length; c++) {
        if (kept[c] != c) {
          part(first, c, 1).copyFrom(part(first, kept[c], 1));
        }
      }
    }
    classes = kept.length;
  }
}

package io.salient.lca;

import java.lang.foreign.MemorySegment;

/** Hands out one piece of memory in slices, one after the other. */
public final class ScratchSlices implements ScratchSpace {
  private static final long ALIGNMENT = 64;

  private final MemorySegment piece;
  private long used;

  /** Slices a piece from its beginning. */
  public ScratchSlices(MemorySegment piece) {
    this.piece = piece;
  }

  /** Bytes that a slice takes of the piece. */
  public static long room(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  @Override
  public MemorySegment allocate(long bytes) {
    long from = used;
    used += room(bytes);
    return piece.asSlice(from, bytes);
  }
}

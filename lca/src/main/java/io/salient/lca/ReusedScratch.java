package io.salient.lca;

import java.lang.foreign.MemorySegment;

/**
 * Scratch space for fits that come one after the other and need only one piece each: the same piece
 * serves all, and takes twice the room when it has to grow.
 */
public final class ReusedScratch implements ScratchSpace {
  private final ScratchSpace scratch;
  private MemorySegment piece = MemorySegment.NULL;

  /** Takes its pieces from another space. */
  public ReusedScratch(ScratchSpace scratch) {
    this.scratch = scratch;
  }

  /** Valid until the next call. */
  @Override
  public MemorySegment allocate(long bytes) {
    if (piece.byteSize() < bytes) {
      piece = scratch.allocate(Math.max(bytes, 2 * piece.byteSize()));
    }
    return piece.asSlice(0, bytes);
  }
}

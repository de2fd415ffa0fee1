package io.salient.lca;

import java.lang.foreign.MemorySegment;

/**
 * Memory that a fit may use and that its caller frees when the fit has ended: a mapped file, so
 * that it does not count as resident.
 */
@FunctionalInterface
public interface ScratchSpace {
  /** Off-heap memory with undefined content, aligned to 64 bytes. */
  MemorySegment allocate(long bytes);
}

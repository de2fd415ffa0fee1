package io.salient.lca;

import java.lang.foreign.MemorySegment;

/**
 * Where a fit may lay its copy of the train words: a port, so that the caller decides between
 * memory and a mapped file. What is allocated stays valid until the fit has returned or thrown, and
 * is the caller's to free after that.
 */
@FunctionalInterface
public interface ScratchSpace {
  /**
   * Native or mapped memory, zeroed or not, aligned to 64 bytes.
   *
   * @param bytes how much, possibly over 2 GiB
   */
  MemorySegment allocate(long bytes);
}

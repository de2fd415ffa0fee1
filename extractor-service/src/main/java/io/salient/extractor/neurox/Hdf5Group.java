package io.salient.extractor.neurox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The root group of an HDF5 file with the names of its members, in the old style that every version
 * of the HDF5 library reads and h5py writes: names in a local heap, members in symbol table nodes,
 * and a B-tree over those, by name (HDF5 File Format Specification 3.0, sections III.A.1, B and D).
 */
final class Hdf5Group {
  /** Half the members of a symbol table node, K of the superblock. */
  static final int LEAF_K = 32;

  /** Half the children of a node of the B-tree, the HDF5 library's own. */
  static final int TREE_K = 16;

  static final long UNDEFINED = -1;
  private static final int HEAP_HEADER = 32;
  private static final int ENTRY = 40;
  private static final int LEAF = 8 + 2 * LEAF_K * ENTRY;
  private static final int NODE = 24 + 8 * (2 * TREE_K) + 8 * (2 * TREE_K + 1);

  private final List<String> names;
  private final long start;
  private final int[] nameOffsets;
  private final int heapBytes;

  /** Nodes of each level, the symbol table nodes first, the root of the tree last. */
  private final int[] levels;

  /**
   * A group that begins at an address.
   *
   * @param names ASCII, in the order of their bytes
   */
  Hdf5Group(List<String> names, long start) {
    this.names = names;
    this.start = start;
    this.nameOffsets = new int[names.size()];
    int heap = 8; // the empty name, less than all others
    for (int i = 0; i < nameOffsets.length; i++) {
      nameOffsets[i] = heap;
      heap += Hdf5Messages.padded(names.get(i).length() + 1);
    }
    this.heapBytes = heap;
    List<Integer> counts = new ArrayList<>(List.of(nodes(names.size(), 2 * LEAF_K)));
    do {
      counts.add(nodes(counts.getLast(), 2 * TREE_K));
    } while (counts.getLast() > 1);
    this.levels = counts.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int nodes(int members, int most) {
    return Math.ceilDiv(members, most);
  }

  /** Address of the local heap. */
  long heap() {
    return start;
  }

  /** Address of the root of the B-tree. */
  long tree() {
    return levelStart(levels.length - 1);
  }

  /** Bytes of it all. */
  int size() {
    return Math.toIntExact(levelStart(levels.length) - start);
  }

  private long levelStart(int level) {
    long at = start + HEAP_HEADER + heapBytes;
    for (int below = 0; below < level; below++) {
      at += (long) levels[below] * nodeBytes(below);
    }
    return at;
  }

  private static int nodeBytes(int level) {
    return level == 0 ? LEAF : NODE;
  }

  /**
   * Puts it down.
   *
   * @param headers address of the object header of each member
   */
  void putTo(ByteBuffer target, long[] headers) {
    target.put("HEAP".getBytes(StandardCharsets.US_ASCII)).putInt(0);
    target.putLong(heapBytes).putLong(1).putLong(start + HEAP_HEADER); // 1: nothing is free
    int heap = target.position();
    for (int i = 0; i < nameOffsets.length; i++) {
      byte[] name = names.get(i).getBytes(StandardCharsets.US_ASCII);
      target.put(heap + nameOffsets[i], name, 0, name.length);
    }
    target.position(heap + heapBytes);
    for (int leaf = 0; leaf < levels[0]; leaf++) {
      putLeaf(target, leaf, headers);
    }
    for (int level = 1; level < levels.length; level++) {
      for (int node = 0; node < levels[level]; node++) {
        putNode(target, level, node);
      }
    }
  }

  private void putLeaf(ByteBuffer target, int leaf, long[] headers) {
    int end = target.position() + LEAF;
    int first = leaf * 2 * LEAF_K;
    int last = Math.min(first + 2 * LEAF_K, headers.length);
    target.put("SNOD".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0);
    target.putShort((short) (last - first));
    for (int member = first; member < last; member++) {
      target.putLong(nameOffsets[member]).putLong(headers[member]).putLong(0).putLong(0).putLong(0);
    }
    target.position(end);
  }

  private void putNode(ByteBuffer target, int level, int node) {
    int end = target.position() + NODE;
    int first = node * 2 * TREE_K;
    int last = Math.min(first + 2 * TREE_K, levels[level - 1]);
    target.put("TREE".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) (level - 1));
    target.putShort((short) (last - first));
    target.putLong(node == 0 ? UNDEFINED : levelStart(level) + (node - 1L) * NODE);
    target.putLong(node + 1 == levels[level] ? UNDEFINED : levelStart(level) + (node + 1L) * NODE);
    target.putLong(first == 0 ? 0 : greatestName(level - 1, first - 1));
    for (int child = first; child < last; child++) {
      target.putLong(levelStart(level - 1) + (long) child * nodeBytes(level - 1));
      target.putLong(greatestName(level - 1, child));
    }
    target.position(end);
  }

  /** Heap offset of the last name under a node. */
  private long greatestName(int level, int node) {
    long members = 2L * LEAF_K;
    for (int below = 0; below < level; below++) {
      members *= 2L * TREE_K;
    }
    return nameOffsets[(int) Math.min((node + 1L) * members, nameOffsets.length) - 1];
  }
}

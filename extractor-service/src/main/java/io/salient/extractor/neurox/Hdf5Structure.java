package io.salient.extractor.neurox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Everything of a NeuroX HDF5 file but the activations themselves, which all follow it in one
 * {@link VectorRegion}. All sizes are known before the first activation is, so it is written at
 * once:
 *
 * <pre>
 * 0    superblock, version 0
 * 96   object header of the root group; attribute salient_layers where layers were chosen
 *      names and members of the root group, see Hdf5Group
 *      object header of each sentence's dataset "0", "1", ...: layers x words x H
 *      object header of sentence_to_index: one text
 *      that text's place (16 bytes) and the text itself, in a global heap
 * </pre>
 *
 * Layout: HDF5 File Format Specification 3.0 (The HDF Group). Written here and not by jhdf, which
 * keeps all datasets in memory until the file is closed and has no float16 to write.
 */
final class Hdf5Structure {
  /** Attribute with the layers that the stored positions stand for. */
  static final String LAYERS = "salient_layers";

  static final String INDEX = "sentence_to_index";
  private static final int SUPERBLOCK = 96;
  private static final int HEAP_PREFIX = 16;

  private final StoredShape shape;
  private final byte[] keys;
  private final List<String> names;

  private Hdf5Structure(StoredShape shape, byte[] keys) {
    this.shape = shape;
    this.keys = keys;
    List<String> sorted = new ArrayList<>();
    for (int sentence = 0; sentence < shape.sentences(); sentence++) {
      sorted.add(Integer.toString(sentence));
    }
    sorted.add(INDEX);
    sorted.sort(Comparator.naturalOrder());
    this.names = sorted;
  }

  /**
   * Makes it.
   *
   * @param keys JSON of sentence_to_index
   * @return the first bytes of the file; the region begins where they end
   */
  static ByteBuffer of(StoredShape shape, byte[] keys) {
    return new Hdf5Structure(shape, keys).build();
  }

  private ByteBuffer build() {
    Hdf5Group group = new Hdf5Group(names, SUPERBLOCK + root(0, 0).size());
    long headers = group.heap() + group.size();
    int sentenceHeader = sentence(0, 0).size();
    long index = headers + (long) shape.sentences() * sentenceHeader;
    long text = index + index(0).size();
    long region = text + HEAP_PREFIX + heapBytes();

    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(region)).order(ByteOrder.LITTLE_ENDIAN);
    putSuperblock(bytes, group, region + shape.bytes());
    root(group.tree(), group.heap()).putTo(bytes);
    group.putTo(bytes, addresses(headers, sentenceHeader, index));
    for (int sentence = 0; sentence < shape.sentences(); sentence++) {
      sentence(sentence, region + VectorRegion.offset(shape, sentence)).putTo(bytes);
    }
    index(text).putTo(bytes);
    putText(bytes, text + HEAP_PREFIX);
    return bytes.clear();
  }

  private static void putSuperblock(ByteBuffer bytes, Hdf5Group group, long end) {
    bytes.put((byte) 0x89).put("HDF\r\n\u001a\n".getBytes(StandardCharsets.US_ASCII));
    bytes.putInt(0).put((byte) 0).put((byte) 8).put((byte) 8).put((byte) 0); // versions, sizes
    bytes.putShort((short) Hdf5Group.LEAF_K).putShort((short) Hdf5Group.TREE_K).putInt(0);
    bytes.putLong(0).putLong(Hdf5Group.UNDEFINED).putLong(end).putLong(Hdf5Group.UNDEFINED);
    bytes.putLong(0).putLong(SUPERBLOCK).putInt(1).putInt(0); // the root group's own entry
    bytes.putLong(group.tree()).putLong(group.heap());
  }

  private Hdf5Messages root(long tree, long heap) {
    Hdf5Messages root = new Hdf5Messages().group(tree, heap);
    return shape.allLayers() ? root : root.attribute(LAYERS, shape.layerNumbers());
  }

  private Hdf5Messages sentence(int sentence, long address) {
    int words = shape.words(sentence);
    return new Hdf5Messages()
        .space(shape.layers(), words, shape.hiddenSize())
        .floats(shape.encoding())
        .data(address, words * shape.wordBytes());
  }

  private static Hdf5Messages index(long address) {
    return new Hdf5Messages().space(1).texts().data(address, HEAP_PREFIX);
  }

  private long[] addresses(long headers, int sentenceHeader, long index) {
    return names.stream()
        .mapToLong(
            name ->
                name.equals(INDEX)
                    ? index
                    : headers + (long) Integer.parseInt(name) * sentenceHeader)
        .toArray();
  }

  /** The one text and the collection of the global heap that it lies in. */
  private void putText(ByteBuffer bytes, long heap) {
    bytes.putInt(keys.length).putLong(heap).putInt(1);
    bytes.put("GCOL".getBytes(StandardCharsets.US_ASCII)).putInt(1).putLong(heapBytes());
    bytes.putShort((short) 1).putShort((short) 0).putInt(0).putLong(keys.length);
    bytes.put(keys);
    bytes.position(bytes.position() + Hdf5Messages.padded(keys.length) - keys.length);
    long free = heapBytes() - 32L - Hdf5Messages.padded(keys.length);
    if (free > 0) {
      bytes.putLong(0).putLong(free); // object 0: what is left of it
    }
  }

  /** Bytes of the collection: at least the 4,096 that the HDF5 library wants. */
  private int heapBytes() {
    int used = 32 + Hdf5Messages.padded(keys.length);
    return used > 4096 - 16 ? used : 4096;
  }
}

package io.salient.extractor.neurox;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.FloatingPoint;
import io.salient.extractor.checkpoint.CheckpointException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;

/**
 * NeuroX's HDF5: a dataset "0", "1", ... per sentence, layers x words x H, and {@code
 * sentence_to_index}, which NeuroX writes last and which is not needed: a text may be there twice,
 * its number is not.
 *
 * <p>jhdf reads the structure; the activations are read at the addresses that it gives, after these
 * were checked against the length of the file. Links, to this or other files, are not followed.
 */
final class Hdf5File implements ActivationFile {
  private final Path file;
  private final FileChannel channel;
  private final Shapes shapes;

  /** Where each sentence lies and how; filled while the structure is read. */
  private static final class Shapes {
    private final long[] addresses;
    private final int[] words;
    private final Numbers[] numbers;
    private int layers;
    private int hiddenSize;
    private int[] namedLayers;

    private Shapes(int sentences) {
      addresses = new long[sentences];
      words = new int[sentences];
      numbers = new Numbers[sentences];
    }
  }

  /** Number format of a dataset. */
  private record Numbers(int size, ByteOrder order) {
    float read(ByteBuffer bytes, int index) {
      return switch (size) {
        case 2 -> Float.float16ToFloat(bytes.getShort(2 * index));
        case 4 -> bytes.getFloat(4 * index);
        default -> (float) bytes.getDouble(8 * index);
      };
    }
  }

  private Hdf5File(Path file, FileChannel channel, Shapes shapes) {
    this.file = file;
    this.channel = channel;
    this.shapes = shapes;
  }

  static Hdf5File open(Path file, CorpusSentences corpus) {
    FileChannel channel = channel(file);
    try {
      return new Hdf5File(file, channel, shapes(file, channel.size(), corpus));
    } catch (IOException | HdfException | IndexOutOfBoundsException e) {
      closeQuietly(channel);
      throw broken(file, e);
    } catch (RuntimeException e) {
      closeQuietly(channel);
      throw e;
    }
  }

  private static Shapes shapes(Path file, long length, CorpusSentences corpus) {
    try (HdfFile root = new HdfFile(file)) {
      return shapes(file, root, length, corpus);
    } catch (CheckpointException e) {
      throw e;
    } catch (RuntimeException e) {
      throw broken(file, e);
    } catch (OutOfMemoryError | StackOverflowError e) {
      // jhdf believes the sizes and references of the structure; those of a whole file are small.
      throw broken(file, e);
    }
  }

  private static Shapes shapes(Path file, HdfFile root, long length, CorpusSentences corpus) {
    Map<String, Node> members = root.getChildren();
    if (!members.containsKey(Hdf5Structure.INDEX)) {
      throw new CheckpointException(
          "neurox.incomplete",
          file
              + " has no dataset sentence_to_index, which NeuroX writes last: it is not complete,"
              + " or not from NeuroX");
    }
    corpus.requireSentences(
        file, members.keySet().stream().filter(name -> name.matches("\\d{1,9}")).count());
    Shapes shapes = new Shapes(corpus.words().length);
    for (int sentence = 0; sentence < shapes.words.length; sentence++) {
      if (!(members.get(Integer.toString(sentence)) instanceof ContiguousDataset dataset)) {
        throw wrong(file, sentence, "is not there, or is not a dataset in one piece");
      }
      add(file, shapes, sentence, dataset, length - root.getUserBlockSize(), corpus);
      shapes.addresses[sentence] += root.getUserBlockSize();
    }
    shapes.namedLayers = namedLayers(file, root, shapes.layers);
    return shapes;
  }

  private static void add(
      Path file,
      Shapes shapes,
      int sentence,
      ContiguousDataset dataset,
      long length,
      CorpusSentences corpus) {
    long[] dimensions = dataset.getDimensionsAsLong();
    if (dimensions.length != 3) {
      throw wrong(
          file, sentence, "has shape " + Arrays.toString(dimensions) + ", not layers x words x H");
    }
    if (sentence == 0) {
      requireWidth(file, dimensions[0], dimensions[2]);
      shapes.layers = (int) dimensions[0];
      shapes.hiddenSize = (int) dimensions[2];
    } else if (dimensions[0] != shapes.layers || dimensions[2] != shapes.hiddenSize) {
      throw wrong(
          file,
          sentence,
          "has %d layers of %d units, sentence 0 has %d of %d"
              .formatted(dimensions[0], dimensions[2], shapes.layers, shapes.hiddenSize));
    }
    corpus.requireWords(file, sentence, dimensions[1]);
    shapes.words[sentence] = (int) dimensions[1];
    shapes.numbers[sentence] = numbers(file, sentence, dataset);
    shapes.addresses[sentence] = dataset.getDataAddress();
    long bytes = bytes(shapes, sentence);
    if (bytes > 0
        && (shapes.addresses[sentence] < 0 || shapes.addresses[sentence] > length - bytes)) {
      throw wrong(
          file,
          sentence,
          "claims " + bytes + " bytes that the file does not have: it is truncated or broken");
    }
  }

  private static void requireWidth(Path file, long layers, long hiddenSize) {
    if (layers < 1 || hiddenSize < 1 || layers > MAX_WIDTH || hiddenSize > MAX_WIDTH / layers) {
      throw wrong(
          file,
          0,
          layers
              + " layers of "
              + hiddenSize
              + " units: between 1 and "
              + MAX_WIDTH
              + " neurons are possible");
    }
  }

  private static long bytes(Shapes shapes, int sentence) {
    return (long) shapes.words[sentence]
        * shapes.layers
        * shapes.hiddenSize
        * shapes.numbers[sentence].size();
  }

  private static Numbers numbers(Path file, int sentence, ContiguousDataset dataset) {
    if (dataset.getDataType() instanceof FloatingPoint type) {
      int size = type.getSize();
      int exponent = type.getExponentSize();
      int ieee = size == 2 ? 5 : size == 4 ? 8 : size == 8 ? 11 : -1;
      if (exponent == ieee) {
        return new Numbers(size, type.getByteOrder());
      }
    }
    throw wrong(file, sentence, "does not hold float16, float32 or float64");
  }

  private static int[] namedLayers(Path file, HdfFile root, int layers) {
    Attribute attribute = root.getAttribute(Hdf5Structure.LAYERS);
    if (attribute == null) {
      return null;
    }
    if (attribute.getSize() != layers || !(attribute.getData() instanceof int[] named)) {
      throw new CheckpointException(
          "neurox.layers",
          file
              + ": attribute "
              + Hdf5Structure.LAYERS
              + " does not name its "
              + layers
              + " layers");
    }
    return named;
  }

  @Override
  public int layers() {
    return shapes.layers;
  }

  @Override
  public int hiddenSize() {
    return shapes.hiddenSize;
  }

  @Override
  public int[] namedLayers() {
    return shapes.namedLayers == null ? null : shapes.namedLayers.clone();
  }

  @Override
  public int words(int sentence) {
    return shapes.words[sentence];
  }

  @Override
  public float[] read(int sentence) {
    ByteBuffer bytes = bytes(sentence);
    int words = shapes.words[sentence];
    int width = shapes.layers * shapes.hiddenSize;
    float[] vectors = new float[Math.multiplyExact(words, width)];
    int index = 0;
    for (int layer = 0; layer < shapes.layers; layer++) {
      for (int word = 0; word < words; word++) {
        int at = word * width + layer * shapes.hiddenSize;
        for (int unit = 0; unit < shapes.hiddenSize; unit++) {
          float value = shapes.numbers[sentence].read(bytes, index++);
          ActivationFile.requireFinite(file, sentence, word, value);
          vectors[at + unit] = value;
        }
      }
    }
    return vectors;
  }

  private ByteBuffer bytes(int sentence) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(bytes(shapes, sentence)));
    try {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, shapes.addresses[sentence] + bytes.position()) < 0) {
          throw new EOFException("it became shorter while it was read");
        }
      }
    } catch (IOException e) {
      throw broken(file, e);
    }
    return bytes.flip().order(shapes.numbers[sentence].order());
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }

  private static FileChannel channel(Path file) {
    try {
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (IOException e) {
      throw broken(file, e);
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It was only read.
    }
  }

  private static CheckpointException wrong(Path file, int sentence, String what) {
    return new CheckpointException("neurox.shape", file + ", sentence " + sentence + ": " + what);
  }

  private static CheckpointException broken(Path file, Throwable cause) {
    return new CheckpointException(
        "neurox.hdf5",
        file
            + " is not an HDF5 file that can be read ("
            + (cause instanceof Error ? "its structure is broken" : cause.getMessage())
            + "): copy or extract it again",
        cause);
  }
}

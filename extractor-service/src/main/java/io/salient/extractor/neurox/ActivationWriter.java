package io.salient.extractor.neurox;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.schemas.ActivationCodec;
import io.salient.schemas.avro.Encoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes the activations of a corpus to one file, in the format that its name ends with. Rows may
 * come in any order; memory does not grow with their number. The file appears under its name when
 * all of it is written; until then, and after a failure, there is none.
 */
public final class ActivationWriter implements AutoCloseable {
  private final Path output;
  private final Path part;
  private final StoredShape shape;
  private final List<String> words;
  private final boolean json;
  private final FileChannel channel;
  private final VectorRegion region;

  /**
   * Begins a file.
   *
   * @param output ends with .hdf5 or .json; replaced if it is there
   * @param words by corpus word index
   * @throws CheckpointException when it does not fit on the disk
   */
  public ActivationWriter(Path output, StoredShape shape, List<String> words) throws IOException {
    this.output = output.toAbsolutePath();
    this.shape = shape;
    this.words = words;
    this.json = isJson(output);
    requireSpace();
    part = this.output.resolveSibling(output.getFileName() + ".part");
    Files.deleteIfExists(part);
    channel =
        FileChannel.open(
            part, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      region = begin();
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * True for JSON lines, false for HDF5.
   *
   * @throws IllegalArgumentException for any other name
   */
  public static boolean isJson(Path output) {
    String name = String.valueOf(output.getFileName());
    if (!name.endsWith(".json") && !name.endsWith(".hdf5")) {
      throw new IllegalArgumentException(
          output + ": the name must end with .hdf5 or .json, the formats of NeuroX");
    }
    return name.endsWith(".json");
  }

  private void requireSpace() throws IOException {
    long free = Files.getFileStore(output.getParent()).getUsableSpace();
    if (shape.bytes() > free) {
      throw new CheckpointException(
          "neurox.no-space",
          output
              + " needs "
              + shape.bytes()
              + " bytes, "
              + free
              + " are free: choose fewer layers or float16");
    }
  }

  private VectorRegion begin() throws IOException {
    long start = 0;
    if (!json) {
      ByteBuffer structure = Hdf5Structure.of(shape, SentenceKeys.json(shape, words));
      start = structure.limit();
      VectorRegion.write(channel, structure, 0);
    }
    VectorRegion vectors = new VectorRegion(channel, start, shape);
    vectors.reserve();
    return vectors;
  }

  /**
   * Takes rows.
   *
   * @param rows corpus word index of each, ascending within a sentence
   * @param activations rows x (layers x H), as {@link ActivationCodec} has them
   * @throws CheckpointException when one is not a finite number
   */
  public void put(List<Integer> rows, ByteBuffer activations) throws IOException {
    ByteBuffer bytes = activations.slice().order(ByteOrder.LITTLE_ENDIAN);
    int row = shape.layers() * shape.vectorBytes();
    int start = 0;
    while (start < rows.size()) {
      int sentence = sentence(rows.get(start));
      int end = start + 1;
      while (end < rows.size()
          && rows.get(end) == rows.get(end - 1) + 1
          && sentence(rows.get(end)) == sentence) {
        end++;
      }
      ByteBuffer part = bytes.slice(start * row, (end - start) * row);
      requireFinite(part.order(ByteOrder.LITTLE_ENDIAN), rows.get(start), row);
      region.put(sentence, rows.get(start) - shape.starts()[sentence], end - start, part);
      start = end;
    }
  }

  private int sentence(int word) {
    int found = java.util.Arrays.binarySearch(shape.starts(), word);
    return found >= 0 ? found : -found - 2;
  }

  private void requireFinite(ByteBuffer bytes, int firstWord, int row) {
    int size = ActivationCodec.size(shape.encoding());
    for (int at = 0; at < bytes.limit(); at += size) {
      float value =
          shape.encoding() == Encoding.FLOAT16
              ? Float.float16ToFloat(bytes.getShort(at))
              : bytes.getFloat(at);
      if (!Float.isFinite(value)) {
        int word = firstWord + at / row;
        throw new CheckpointException(
            "neurox.not-finite",
            "sentence "
                + sentence(word)
                + ", word \""
                + words.get(word)
                + "\": the model gives "
                + value
                + ": are its weights those of a training that diverged?");
      }
    }
  }

  /** Writes what is left and gives the file its name. */
  public void finish() throws IOException {
    if (json) {
      Path lines = output.resolveSibling(output.getFileName() + ".lines.part");
      try {
        JsonLines.write(lines, shape, words, region);
        Files.move(lines, output, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(lines);
      }
    } else {
      channel.force(true);
      Files.move(part, output, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Leaves nothing behind but a finished file. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
  }
}

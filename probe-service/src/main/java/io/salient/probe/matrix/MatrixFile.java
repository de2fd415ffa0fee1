package io.salient.probe.matrix;

import io.salient.lca.ActivationMatrix;
import io.salient.streams.state.SalientVersion;
import io.salient.streams.state.StateFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The activations, labels and words of one checkpoint, N rows of D neurons, K label codes and a
 * word, in a file.
 *
 * <pre>
 * offset 0            8 bytes   magic and version of the layout: "SALMTX02" with activations in
 *                               float32, "SALMTX03" in float16
 * offset 8            8 bytes   N (int), D (int), little-endian
 * offset 16           4 bytes   K (int)
 * offset 20           4 bytes   CRC-32C of the checkpoint's key
 * offset 24           32 bytes  version of Salient that made the file, UTF-8, zeros behind it
 * offset 4096 + r S   A         activations of word r, layer-major, see {@link MatrixEncoding}
 *          ... + A    4 K       label codes (int) of word r, -1 for none
 *          ... + 4 K  64        the word, see WordSlot
 *          ... + 64   4         CRC-32C of the row's bytes before it
 *
 * A = 4 D (float32) or 4 + 2 D (float16), S = A + 4 K + 68; rows that have not come are holes
 * </pre>
 *
 * <p>A file that is there keeps its number format, whatever new ones are made in.
 *
 * <p>Rows are written through the channel, where a full disk is an error, and read through a
 * mapping, where it would end the process. A row is trusted when its checksum is right, so a file
 * that a crash has torn is found out. One thread writes, others may read rows that are there.
 */
public final class MatrixFile implements ActivationMatrix, AutoCloseable {
  private static final String MAGIC = "SALMTX";
  private static final int VERSION = 3;
  private static final Pattern MAGIC_TEXT = Pattern.compile(MAGIC + "([0-9]{2})");
  private static final int IDENTITY = 24;
  private static final int WRITER = 32;
  private static final int HEADER = 4096;

  private final Path file;
  private final int rows;
  private final int width;
  private final int concepts;
  private final MatrixEncoding encoding;
  private final int valueBytes;
  private final long stride;
  private final FileChannel channel;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment mapping;
  private final ByteBuffer buffer;
  private final boolean fresh;

  private MatrixFile(Path file, Shape shape, FileChannel channel, boolean fresh)
      throws IOException {
    this.fresh = fresh;
    this.file = file;
    this.rows = shape.rows();
    this.width = shape.width();
    this.concepts = shape.concepts();
    this.encoding = shape.encoding();
    this.valueBytes = encoding.bytes(width);
    this.stride = shape.stride();
    this.channel = channel;
    this.buffer = ByteBuffer.allocateDirect(Math.toIntExact(stride)).order(ByteOrder.LITTLE_ENDIAN);
    long size = HEADER + stride * rows;
    if (channel.size() < size) {
      // One byte at the end makes a sparse file of the whole size, which can be mapped.
      channel.write(ByteBuffer.wrap(new byte[1]), size - 1);
    }
    this.mapping = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
  }

  /**
   * What is in a matrix.
   *
   * @param key of the checkpoint
   * @param rows words of the corpus N
   * @param width neurons D
   * @param concepts label codes per word K
   * @param encoding of the activations
   */
  public record Shape(String key, int rows, int width, int concepts, MatrixEncoding encoding) {
    /** Bytes of the file, holes included. */
    public long bytes() {
      return bytes(rows);
    }

    /** Bytes that some of its rows take on disk. */
    long bytes(int some) {
      return HEADER + stride() * some;
    }

    private long stride() {
      return encoding.bytes(width) + 4L * concepts + WordSlot.BYTES + 4;
    }

    private Shape in(MatrixEncoding other) {
      return new Shape(key, rows, width, concepts, other);
    }
  }

  /**
   * Opens a matrix, or makes one where the file is missing or of another checkpoint.
   *
   * @throws MatrixException when the disk is full or the folder cannot be written
   * @throws StateFormatException when a newer program made the file
   */
  public static synchronized MatrixFile open(Path file, Shape shape) {
    try {
      Files.createDirectories(file.getParent());
      check(file);
      FileChannel channel = channel(file);
      ByteBuffer found = readHeader(channel);
      for (MatrixEncoding encoding : MatrixEncoding.values()) {
        if (found.equals(header(shape.in(encoding)))) {
          return opened(file, shape.in(encoding), channel, null);
        }
      }
      // Never cut a file short: who still has it mapped would end the process by reading on.
      channel.close();
      Files.delete(file);
      return opened(file, shape, channel(file), header(shape));
    } catch (IOException e) {
      throw new MatrixException(file, e);
    }
  }

  /**
   * Looks at a file without changing it; one that is missing or none of ours is fine.
   *
   * @throws StateFormatException when a newer program made it
   */
  public static void check(Path file) {
    if (Files.notExists(file)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      byte[] header = new byte[IDENTITY + WRITER];
      channel.read(ByteBuffer.wrap(header), 0);
      Matcher magic = MAGIC_TEXT.matcher(text(header, 0, 8));
      if (magic.matches() && Integer.parseInt(magic.group(1)) > VERSION) {
        String writer = text(header, IDENTITY, WRITER);
        throw new StateFormatException("matrix." + magic.group(1), file.toString(), writer);
      }
    } catch (IOException e) {
      throw new MatrixException(file, e);
    }
  }

  private static String text(byte[] header, int offset, int length) {
    return new String(header, offset, length, StandardCharsets.UTF_8).replace("\0", "");
  }

  private static MatrixFile opened(Path file, Shape shape, FileChannel channel, ByteBuffer header)
      throws IOException {
    try {
      if (header != null) {
        channel.write(header, 0);
        channel.write(StandardCharsets.UTF_8.encode(SalientVersion.text()), IDENTITY);
      }
      return new MatrixFile(file, shape, channel, header != null);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel channel(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static ByteBuffer header(Shape shape) {
    CRC32C crc = new CRC32C();
    crc.update(shape.key().getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(IDENTITY)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((MAGIC + version(shape.encoding())).getBytes(StandardCharsets.US_ASCII))
        .putInt(shape.rows())
        .putInt(shape.width())
        .putInt(shape.concepts())
        .putInt((int) crc.getValue())
        .flip();
  }

  private static String version(MatrixEncoding encoding) {
    return switch (encoding) {
      case FLOAT32 -> "02";
      case FLOAT16 -> "03";
    };
  }

  private static ByteBuffer readHeader(FileChannel channel) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(IDENTITY);
    channel.read(header, 0);
    return header.flip();
  }

  /**
   * Writes a row.
   *
   * @param activations D float32 in native order
   * @param codes K label codes
   * @param word text of the word
   */
  public void write(int row, MemorySegment activations, int[] codes, String word) {
    buffer.clear();
    MemorySegment target = MemorySegment.ofBuffer(buffer);
    encoding.write(activations, width, target);
    buffer.position(valueBytes);
    for (int code : codes) {
      buffer.putInt(code);
    }
    buffer.put(WordSlot.of(word));
    buffer.putInt(checksum(target.asSlice(0, stride - 4)));
    buffer.flip();
    try {
      long position = position(row);
      while (buffer.hasRemaining()) {
        position += channel.write(buffer, position);
      }
    } catch (IOException e) {
      throw new MatrixException(file, e);
    }
  }

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Those of the given rows whose bytes are not what was once written. */
  public BitSet torn(BitSet expected) {
    BitSet torn = new BitSet();
    for (int row = expected.nextSetBit(0); row >= 0; row = expected.nextSetBit(row + 1)) {
      MemorySegment bytes = mapping.asSlice(position(row), stride);
      if (checksum(bytes.asSlice(0, stride - 4)) != bytes.get(INT, stride - 4)) {
        torn.set(row);
      }
    }
    return torn;
  }

  /** The checksum of zeros is not zero, so a hole is never taken for a row. */
  private static int checksum(MemorySegment bytes) {
    CRC32C crc = new CRC32C();
    crc.update(0xA5);
    crc.update(bytes.asByteBuffer());
    return (int) crc.getValue();
  }

  private long position(int row) {
    return HEADER + stride * row;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public void read(int row, MemorySegment target) {
    encoding.read(mapping, position(row), width, target);
  }

  @Override
  public void read(int row, int[] neurons, MemorySegment target) {
    encoding.read(mapping, position(row), neurons, target);
  }

  /** Text of a word; a long one is cut, see {@link WordSlot}. */
  public String word(int row) {
    long position = position(row) + valueBytes + 4L * concepts;
    return WordSlot.read(mapping.asSlice(position, WordSlot.BYTES));
  }

  /** Label code of a word for a concept. */
  public int code(int row, int concept) {
    return mapping.get(INT, position(row) + valueBytes + 4L * concept);
  }

  /** Number format of the file. */
  public MatrixEncoding encoding() {
    return encoding;
  }

  /** True when the file was missing or another's, so that it was made by this opening. */
  public boolean fresh() {
    return fresh;
  }

  /** Closes the file, which stays. No thread may be reading. */
  @Override
  public void close() {
    arena.close();
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

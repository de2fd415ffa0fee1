package io.salient.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source text into the archive that {@code torch::jit::load} reads: a module
 * without parameters whose methods are the text.
 *
 * <pre>
 * zip, entries stored, below one folder
 *   data.pkl            pickle 2: an object of class __torch__.Program with {training: False}
 *   code/__torch__.py   class Program(Module): the methods
 *   constants.pkl       pickle 2: ()
 *   version             10, the newest that LibTorch 2 writes: operators as they are now
 * </pre>
 *
 * Layout: torch/csrc/jit/docs/serialization.md of PyTorch. Its own archives name every operation in
 * full ({@code torch.add(x, y)}); the reader takes operators ({@code x + y}) as well.
 */
final class TorchArchive {
  private static final String FOLDER = "program/";
  private static final String CLASS = "Program";

  private TorchArchive() {}

  /**
   * The archive of a module with the given methods.
   *
   * @param methods {@code def name(self, x: Tensor) -> Tensor:} ..., indented by two blanks a level
   */
  static byte[] pack(String methods) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "data.pkl", module());
      store(zip, "code/__torch__.py", source(methods).getBytes(StandardCharsets.UTF_8));
      store(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      store(zip, "version", ascii("10\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array does not fail
    }
    return bytes.toByteArray();
  }

  private static String source(String methods) {
    return "class "
        + CLASS
        + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
        + methods.indent(2);
  }

  /** PROTO 2, GLOBAL, EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, MARK, "training": False, SETITEMS, BUILD. */
  private static byte[] module() {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes(new byte[] {(byte) 0x80, 2});
    pickle.writeBytes(ascii("c__torch__\n" + CLASS + "\n"));
    pickle.writeBytes(new byte[] {')', (byte) 0x81, '}', '('});
    byte[] key = ascii("training");
    pickle.write('X');
    pickle.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(key.length).array());
    pickle.writeBytes(key);
    pickle.writeBytes(new byte[] {(byte) 0x89, 'u', 'b', '.'});
    return pickle.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(FOLDER + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTime(0); // the same text packs to the same bytes
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

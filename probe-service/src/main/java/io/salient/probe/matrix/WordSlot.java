package io.salient.probe.matrix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * A word in a fixed number of bytes, so that rows stay equally long.
 *
 * <pre>
 * offset 0    1 byte     length of the text in bytes, 0 to 63
 * offset 1    63 bytes   the text in UTF-8, zeros behind it
 * </pre>
 *
 * <p>A longer word, as an address on the web may be, is cut and ends in an ellipsis and eight
 * digits of its checksum: two long words that begin alike stay two.
 */
final class WordSlot {
  static final int BYTES = 64;
  private static final int MOST = BYTES - 1;

  private WordSlot() {}

  static byte[] of(String word) {
    byte[] text = word.getBytes(StandardCharsets.UTF_8);
    if (text.length > MOST) {
      text = cut(text);
    }
    byte[] slot = new byte[BYTES];
    slot[0] = (byte) text.length;
    System.arraycopy(text, 0, slot, 1, text.length);
    return slot;
  }

  private static byte[] cut(byte[] text) {
    CRC32C crc = new CRC32C();
    crc.update(text);
    byte[] end = "…%08x".formatted(crc.getValue()).getBytes(StandardCharsets.UTF_8);
    int kept = MOST - end.length;
    while ((text[kept] & 0xC0) == 0x80) {
      kept--; // never in the middle of a character
    }
    byte[] cut = new byte[kept + end.length];
    System.arraycopy(text, 0, cut, 0, kept);
    System.arraycopy(end, 0, cut, kept, end.length);
    return cut;
  }

  static String read(MemorySegment slot) {
    int length = slot.get(ValueLayout.JAVA_BYTE, 0);
    byte[] text = slot.asSlice(1, length).toArray(ValueLayout.JAVA_BYTE);
    return new String(text, StandardCharsets.UTF_8);
  }
}

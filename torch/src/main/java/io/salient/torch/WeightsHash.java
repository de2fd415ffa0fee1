package io.salient.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over memory of any size. */
public final class WeightsHash {
  private static final int CHUNK = 1 << 20;

  private WeightsHash() {}

  /** In hexadecimal. */
  public static String of(MemorySegment memory) {
    MessageDigest digest = sha256();
    // A digest reads an array several times faster than mapped memory, which it copies in pieces.
    byte[] chunk = new byte[(int) Math.min(CHUNK, memory.byteSize())];
    for (long at = 0; at < memory.byteSize(); at += chunk.length) {
      int length = (int) Math.min(chunk.length, memory.byteSize() - at);
      MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, chunk, 0, length);
      digest.update(chunk, 0, length);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}

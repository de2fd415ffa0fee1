package io.salient.deploy;

import java.util.Set;
import java.util.regex.Pattern;

/** What becomes of an entry of a library's jar in an image for Linux on x86-64. */
enum NativeEntry {
  /** Stays in the jar: no native library, or one of this platform that nothing loads by itself. */
  STAYS,
  /**
   * Becomes a file, which its library finds in {@code java.library.path} and so does not unpack.
   */
  UNPACKED,
  /** Of another platform, or unpacked by DJL itself. */
  LEFT_OUT;

  private static final Pattern NATIVE = Pattern.compile(".+\\.(so(\\.\\d+)*|dll|dylib|jnilib)");
  private static final Pattern OF_THIS_PLATFORM =
      Pattern.compile("(^|.*/)linux[-/](x86[-_]64|amd64)/[^/]+", Pattern.CASE_INSENSITIVE);

  /** RocksDB has no folders; it tells platforms by the name of the file. */
  private static final String ROCKS_DB = "librocksdbjni-linux64.so";

  /** What the services load: RocksDB, Kafka's lz4, and JNA, which DJL asks for graphics cards. */
  private static final Set<String> LOADED = Set.of(ROCKS_DB, "liblz4-java.so", "libjnidispatch.so");

  /**
   * Decides.
   *
   * @param jar name of the jar's file
   * @param entry name of the entry
   */
  static NativeEntry of(String jar, String entry) {
    if (!NATIVE.matcher(entry).matches()) {
      return STAYS;
    }
    boolean ours = OF_THIS_PLATFORM.matcher(entry).matches() || entry.equals(ROCKS_DB);
    if (!ours || jar.startsWith("ai.djl.")) {
      return LEFT_OUT;
    }
    return LOADED.contains(fileName(entry)) ? UNPACKED : STAYS;
  }

  /** The last part of an entry's name. */
  static String fileName(String entry) {
    return entry.substring(entry.lastIndexOf('/') + 1);
  }
}

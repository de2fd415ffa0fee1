package io.salient.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A library's jar without native libraries that an image does not need there, see {@link
 * NativeEntry}. Entries keep their order and times: the same jar becomes the same bytes, and so the
 * same layer.
 */
final class LeanJar {
  private LeanJar() {}

  /**
   * Writes one.
   *
   * @param jar the library
   * @param target folder for the jar, which keeps its name
   * @param natives folder for what is unpacked
   */
  static void write(Path jar, Path target, Path natives) throws IOException {
    String name = jar.getFileName().toString();
    Path lean = target.resolve(name);
    try (JarFile library = new JarFile(jar.toFile())) {
      List<JarEntry> entries = library.stream().toList();
      if (entries.stream()
          .allMatch(entry -> NativeEntry.of(name, entry.getName()) == NativeEntry.STAYS)) {
        Files.copy(jar, lean);
        return;
      }
      try (ZipOutputStream output = new ZipOutputStream(Files.newOutputStream(lean))) {
        for (JarEntry entry : entries) {
          try (InputStream content = library.getInputStream(entry)) {
            place(name, entry, content, output, natives);
          }
        }
      }
    }
  }

  private static void place(
      String jar, JarEntry entry, InputStream content, ZipOutputStream output, Path natives)
      throws IOException {
    switch (NativeEntry.of(jar, entry.getName())) {
      case STAYS -> {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        output.putNextEntry(copy);
        content.transferTo(output);
        output.closeEntry();
      }
      case UNPACKED ->
          Files.copy(
              content,
              natives.resolve(NativeEntry.fileName(entry.getName())),
              StandardCopyOption.REPLACE_EXISTING);
      case LEFT_OUT -> {}
    }
  }
}

package io.salient.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageLibrariesTest {
  private static final long TIME =
      FileTime.from(java.time.Instant.EPOCH).toMillis() + 1_000_000_000L;

  @TempDir Path folder;

  @Test
  void shouldUnpackWhatIsLoadedAndLeaveOutOtherPlatforms() throws IOException {
    // given
    jar(
        "org.rocksdb.rocksdbjni.jar",
        "META-INF/MANIFEST.MF",
        "librocksdbjni-linux64.so",
        "librocksdbjni-win64.dll");
    jar("plain.jar", "META-INF/MANIFEST.MF", "A.class");

    // when
    ImageLibraries.lean(folder.resolve("in"), folder.resolve("out"));

    // then
    assertThat(entries("out/lib/org.rocksdb.rocksdbjni.jar"))
        .isEqualTo(Map.of("META-INF/MANIFEST.MF", "content of META-INF/MANIFEST.MF"));
    assertThat(folder.resolve("out/native/librocksdbjni-linux64.so"))
        .hasContent("content of librocksdbjni-linux64.so");
    assertThat(folder.resolve("out/lib/plain.jar"))
        .hasSameBinaryContentAs(folder.resolve("in/plain.jar"));
    assertThat(names("out/native")).containsExactly("librocksdbjni-linux64.so");
  }

  @Test
  void shouldWriteTheSameBytesAgain() throws IOException {
    // given
    jar("net.java.dev.jna.jar", "A.class", "com/sun/jna/linux-x86-64/libjnidispatch.so", "B.class");

    // when
    ImageLibraries.lean(folder.resolve("in"), folder.resolve("first"));
    ImageLibraries.lean(folder.resolve("in"), folder.resolve("second"));

    // then
    assertThat(folder.resolve("second/lib/net.java.dev.jna.jar"))
        .hasSameBinaryContentAs(folder.resolve("first/lib/net.java.dev.jna.jar"));
  }

  private void jar(String name, String... entries) throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    try (OutputStream file = Files.newOutputStream(in.resolve(name));
        ZipOutputStream jar = new ZipOutputStream(file)) {
      for (String entry : entries) {
        ZipEntry header = new ZipEntry(entry);
        header.setTime(TIME);
        jar.putNextEntry(header);
        jar.write(("content of " + entry).getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
      }
    }
  }

  private Map<String, String> entries(String jar) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (ZipFile file = new ZipFile(folder.resolve(jar).toFile())) {
      for (ZipEntry entry : file.stream().toList()) {
        assertThat(entry.getTime()).isEqualTo(TIME);
        entries.put(
            entry.getName(),
            new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }

  private List<String> names(String child) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(child))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}

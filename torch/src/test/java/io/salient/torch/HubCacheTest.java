package io.salient.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which links of a cached model are followed. */
class HubCacheTest {
  @TempDir Path temp;
  private Path model;
  private Path snapshot;
  private Path blob;

  @BeforeEach
  void cached() throws IOException {
    model = temp.toRealPath().resolve("models--tiny");
    snapshot = Files.createDirectories(model.resolve("snapshots/main"));
    Files.createDirectory(model.resolve("blobs"));
    blob = Files.createFile(model.resolve("blobs/hash"));
  }

  private Path link(Path folder, String target) throws IOException {
    return Files.createSymbolicLink(folder.resolve("config.json"), Path.of(target));
  }

  @Test
  void shouldKnowASnapshotByTheFoldersAroundIt() throws IOException {
    assertThat(HubCache.modelOf(snapshot)).contains(model);
    assertThat(HubCache.modelOf(model)).isEmpty();
    assertThat(HubCache.modelOf(Path.of("/"))).isEmpty();
    assertThat(HubCache.modelOf(Files.createDirectories(temp.resolve("snapshots/main")))).isEmpty();
  }

  @Test
  void shouldFollowALinkToABlobOfTheSameModel() throws IOException {
    assertThat(HubCache.file(link(snapshot, "../../blobs/hash"))).isEqualTo(blob);
  }

  @Test
  void shouldLeaveEveryOtherFileAsItIs() throws IOException {
    // given
    Path plain = Files.createFile(snapshot.resolve("plain"));
    Path folder = Files.createDirectory(model.resolve("blobs/folder"));
    Files.createFile(folder.resolve("hash"));
    Path elsewhere = Files.createDirectory(model.resolve("other"));
    Path outside = link(elsewhere, "../blobs/hash");
    // when, then
    assertThat(HubCache.file(plain)).isEqualTo(plain);
    assertThat(HubCache.file(outside)).isEqualTo(outside);
    for (String target : new String[] {"../../blobs/none", "../../blobs/folder", "/etc/hostname"}) {
      Path link = link(snapshot, target);
      assertThat(HubCache.file(link)).isEqualTo(link);
      Files.delete(link);
    }
    Path deeper = link(snapshot, "../../blobs/folder/hash");
    assertThat(HubCache.file(deeper)).isEqualTo(deeper);
  }
}

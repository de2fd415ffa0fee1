package io.salient.extractor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.extractor.TinyCheckpoint;
import io.salient.extractor.announcement.RunFolderWatcher;
import io.salient.extractor.announcement.StepFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models in Hugging Face's cache, whose files are links to blobs beside. */
class CachedModelTest {
  private static final String REVISION = "0123456789abcdef";

  @TempDir Path temp;
  private Path model;
  private Path snapshot;

  @BeforeEach
  void cached() throws IOException {
    model = temp.toRealPath().resolve("hub/models--tiny");
    snapshot = TinyCheckpoint.random(1).write(model.resolve("snapshots/" + REVISION));
    Files.writeString(snapshot.resolve("tokenizer_config.json"), "{}");
    Files.createDirectories(model.resolve("blobs"));
    try (Stream<Path> files = Files.list(snapshot)) {
      int hash = 0;
      for (Path file : files.toList()) {
        Path blob = Files.move(file, model.resolve("blobs/hash" + hash++));
        Files.createSymbolicLink(file, Path.of("../../blobs").resolve(blob.getFileName()));
      }
    }
  }

  private Path blobOf(String name) throws IOException {
    return snapshot.resolve(name).toRealPath();
  }

  @Test
  void shouldOpenASnapshotAsTheFolderThatItStandsFor() throws IOException {
    // given
    Path plain = TinyCheckpoint.random(1).write(temp.resolve("plain"));
    // when
    try (CheckpointFolder cached = CheckpointFolder.open(snapshot);
        CheckpointFolder same = CheckpointFolder.open(plain)) {
      // then
      assertThat(cached.checkpointId()).isEqualTo(same.checkpointId());
      assertThat(cached.config().modelType()).isEqualTo("bert");
      assertThat(cached.tokenizer().content()).isEqualTo(same.tokenizer().content());
      cached.requireUnchanged();
    }
    assertThat(RunFolderWatcher.completeCheckpoints(snapshot))
        .containsExactly(new StepFolder(0, snapshot));
  }

  @Test
  void shouldTakeItWhereTheCacheIsARootOrTheSnapshotIsNamedItself() {
    for (Path root : List.of(model.getParent(), model, snapshot)) {
      assertThat(CheckpointRoots.of(List.of(root.toString())).resolve(snapshot.toString()))
          .isEqualTo(snapshot);
    }
  }

  @Test
  void shouldRefuseItWhereTheBlobsAreOutsideTheRoots() {
    CheckpointRoots roots = CheckpointRoots.of(List.of(snapshot.getParent().toString()));
    assertThatThrownBy(() -> roots.resolve(snapshot.toString()))
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.code()).isEqualTo("uri.outside-roots"))
        .hasMessageContainingAll(model.toString(), "salient.extractor.roots");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"})
  void shouldRefuseALinkThatLeadsElsewhere(String name) throws IOException {
    // given: out of the cache, to another model's blobs, to another snapshot, to nothing
    Path blob = blobOf(name);
    Path outside = Files.copy(blob, temp.resolve("outside"));
    Path other = Files.createDirectories(model.resolveSibling("models--other/blobs"));
    Path beside = Files.createDirectories(model.resolve("snapshots/other"));
    for (Path target :
        List.of(
            outside,
            Files.copy(blob, other.resolve("hash")),
            Files.copy(blob, beside.resolve(name)),
            model.resolve("blobs/none"))) {
      Files.delete(snapshot.resolve(name));
      Files.createSymbolicLink(snapshot.resolve(name), target);
      // when, then
      assertThatThrownBy(() -> CheckpointFolder.open(snapshot).close())
          .hasMessageContainingAll(snapshot.resolve(name).toString(), "is a symbolic link");
    }
  }

  @Test
  void shouldRefuseABlobThatIsALinkOutOfTheCache() throws IOException {
    // given
    Path blob = blobOf("config.json");
    Path outside = Files.move(blob, temp.resolve("outside"));
    Files.createSymbolicLink(blob, outside);
    // when, then
    assertThatThrownBy(() -> CheckpointFolder.open(snapshot).close())
        .hasMessageContainingAll("config.json", "is a symbolic link");
  }

  @Test
  void shouldRefuseBlobsThatAreAFolderElsewhere() throws IOException {
    // given
    Path elsewhere = Files.move(model.resolve("blobs"), temp.resolve("blobs"));
    Files.createSymbolicLink(model.resolve("blobs"), elsewhere);
    // when, then
    assertThatThrownBy(() -> CheckpointFolder.open(snapshot).close())
        .hasMessageContainingAll("config.json", "is a symbolic link");
  }
}

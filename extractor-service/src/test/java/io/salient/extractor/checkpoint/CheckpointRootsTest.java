package io.salient.extractor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S5: where an announcement may point. */
class CheckpointRootsTest {
  @TempDir Path temp;
  private Path inside;
  private Path outside;
  private CheckpointRoots roots;

  @BeforeEach
  void twoFolders() throws IOException {
    inside = Files.createDirectories(temp.resolve("runs")).toRealPath();
    outside = Files.createDirectories(temp.resolve("secret/checkpoint-1")).toRealPath();
    Files.createDirectories(inside.resolve("a/checkpoint-1"));
    roots = CheckpointRoots.of(List.of(inside.toString()));
  }

  @Test
  void shouldResolvePathsAndFileUrisInsideARoot() {
    Path folder = inside.resolve("a/checkpoint-1");
    assertThat(roots.resolve(folder.toString())).isEqualTo(folder);
    assertThat(roots.resolve(folder.toUri().toString())).isEqualTo(folder);
    assertThat(roots.resolve(inside + "/a/../a/checkpoint-1")).isEqualTo(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest",
        "s3://bucket/checkpoint-1",
        "jar:file:/x.jar!/y",
        "file://host/share",
        "file:relative",
        "relative/checkpoint-1",
        "",
        "/runs/\u0000"
      })
  void shouldRefuseEveryOtherAddress(String uri) {
    assertThatThrownBy(() -> roots.resolve(uri))
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.code()).startsWith("uri."));
  }

  @Test
  void shouldRefuseWhatLiesOutsideWhetherItExistsOrNot() {
    for (String uri :
        List.of(
            "file:///etc/passwd",
            outside.toString(),
            temp + "/none",
            inside + "/../secret/checkpoint-1")) {
      assertThatThrownBy(() -> roots.resolve(uri))
          .isInstanceOfSatisfying(
              CheckpointException.class, e -> assertThat(e.code()).isEqualTo("uri.outside-roots"));
    }
  }

  @Test
  void shouldRefuseSymbolicLinksThatLeadOutside() throws IOException {
    // given: the folder itself, and a parent
    Path folder = Files.createSymbolicLink(inside.resolve("checkpoint-1"), outside);
    Path parent = Files.createSymbolicLink(inside.resolve("linked"), outside.getParent());
    // then
    for (Path link : List.of(folder, parent.resolve("checkpoint-1"))) {
      assertThatThrownBy(() -> roots.resolve(link.toString()))
          .isInstanceOfSatisfying(
              CheckpointException.class, e -> assertThat(e.code()).isEqualTo("uri.outside-roots"));
    }
  }

  @Test
  void shouldSayThatNothingIsThereOnlyInsideARoot() {
    assertThatThrownBy(() -> roots.resolve(inside + "/none"))
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.code()).isEqualTo("uri.missing"));
  }

  @Test
  void shouldRefuseEverythingWithoutRootsAndNameTheSetting() {
    assertThatThrownBy(() -> CheckpointRoots.of(List.of()).resolve(outside.toString()))
        .hasMessageContaining("salient.extractor.roots");
    assertThatThrownBy(() -> CheckpointRoots.of(List.of("/none/such")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("salient.extractor.roots: /none/such");
  }
}

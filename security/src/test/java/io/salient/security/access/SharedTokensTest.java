package io.salient.security.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S4, S9: tokens of the settings. */
class SharedTokensTest {
  @TempDir Path folder;

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("tokens"), List.of(lines));
  }

  private SharedTokens tokens(Path file) {
    return new SharedTokens(Given.settings("token-file", file.toString()), 0);
  }

  @Test
  void shouldAskNobodyByDefault() {
    assertThat(new SharedTokens(Given.settings()).isEmpty()).isTrue();
  }

  @Test
  void shouldGiveEverythingToTheOneToken() {
    SharedTokens tokens = new SharedTokens(Given.settings("token", Given.ONE));

    assertThat(tokens.isEmpty()).isFalse();
    assertThat(tokens.grant(Given.ONE)).contains(Grant.ALL);
    assertThat(tokens.grant(Given.TWO)).isEmpty();
    assertThat(tokens.grant("")).isEmpty();
  }

  @Test
  void shouldReadRolesAndRunsOfAFile() throws IOException {
    SharedTokens tokens =
        tokens(
            file(
                "# whose, roles, runs",
                Given.ONE,
                "",
                Given.TWO + "  view   bert-*, my run",
                Given.THREE + "\tview,announce"));

    assertThat(tokens.grant(Given.ONE)).contains(Grant.ALL);
    Grant two = tokens.grant(Given.TWO).orElseThrow();
    assertThat(two.roles()).containsExactly(Role.VIEW);
    assertThat(two.runs()).accepts("bert-", "bert-large", "my run").rejects("bert", "my runs", "x");
    assertThat(two.runs().all()).isFalse();
    assertThat(tokens.grant(Given.THREE)).contains(Grant.ALL);
  }

  @Test
  void shouldTakeUpAChangedFileAndKeepWhatWasBeforeAWrongOne() throws IOException {
    // given
    Path file = file(Given.ONE);
    SharedTokens tokens = tokens(file);

    // when rotated
    Files.writeString(file, Given.ONE + "\n" + Given.TWO);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));

    // then
    assertThat(tokens.grant(Given.ONE)).isPresent();
    assertThat(tokens.grant(Given.TWO)).isPresent();

    // when the old one goes, and then the file is broken
    Files.writeString(file, Given.TWO);
    Files.setLastModifiedTime(file, FileTime.fromMillis(2_000));
    assertThat(tokens.grant(Given.ONE)).isEmpty();
    Files.writeString(file, "short");
    Files.setLastModifiedTime(file, FileTime.fromMillis(3_000));

    // then
    assertThat(tokens.grant(Given.TWO)).isPresent();
    assertThat(tokens.grant("short")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "guessable",
        "with-a-wrong-role-0123456789012345 admin",
        "ümlaut-01234567890123456789012345"
      })
  void shouldRefuseAWrongLineWithoutRepeatingTheToken(String line) throws IOException {
    Path file = file("# comment", line);

    assertThatThrownBy(() -> tokens(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("salient.access.token-file", "line 2", file.toString())
        .hasMessageNotContaining(line.split(" ", -1)[0]);
  }

  @Test
  void shouldSayThatThereIsNoFileOrNoTokenInIt() throws IOException {
    assertThatThrownBy(() -> tokens(folder.resolve("nowhere")))
        .hasMessageContainingAll("salient.access.token-file", "nowhere");
    Path empty = file("# none yet");
    assertThatThrownBy(() -> tokens(empty)).hasMessageContaining("holds no token");
  }

  @Test
  void shouldRefuseAShortTokenOfTheSettings() {
    AccessSettings settings = Given.settings("token", "secret");

    assertThatThrownBy(() -> new SharedTokens(settings))
        .hasMessageContaining("salient.access.token: ")
        .hasMessageNotContaining("secret");
  }
}

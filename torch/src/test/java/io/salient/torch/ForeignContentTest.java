package io.salient.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are called as if they were weights: what they are is told. */
class ForeignContentTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version https://git-lfs.github.com/spec/v1|git lfs pull",
        "'  <!DOCTYPE html>Sign in'|is a web page",
        "<HTML><body>404|is a web page",
        "'PK\u0003\u0004\u0000\u0000\u0008\u0008archive/data.pkl'|is pickle",
        "'\u0080\u0002}q\u0000(X\u0005\u0000\u0000\u0000model'|is pickle",
        "'GGUF\u0003\u0000\u0000\u0000\u0001\u0000'|is GGUF",
        "'\u001f\u008b\u0008\u0000\u0000\u0000\u0000\u0000\u0000'|is compressed by gzip",
        "'\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000'|begins with zeros",
      })
  void shouldTellWhatAFileIs(String content, String says) throws IOException {
    // given
    Path file = folder.resolve("model.safetensors");
    Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
    // when, then
    assertThat(ForeignContent.in(file)).hasValueSatisfying(what -> assertThat(what).contains(says));
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOfSatisfying(
            SafetensorsException.class,
            e -> assertThat(e.code()).isEqualTo(SafetensorsException.HEADER))
        .hasMessageContainingAll(file.toString(), says);
  }

  @Test
  void shouldSayNothingOfOtherFiles() throws IOException {
    Path file = folder.resolve("a");
    assertThat(ForeignContent.in(file)).isEmpty();
    Files.writeString(file, "{\"model_type\": \"bert\"}");
    assertThat(ForeignContent.in(file)).isEmpty();
    Files.writeString(file, "");
    assertThat(ForeignContent.in(file)).isEmpty();
  }
}

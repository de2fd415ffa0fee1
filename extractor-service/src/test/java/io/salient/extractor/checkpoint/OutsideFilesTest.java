package io.salient.extractor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.salient.extractor.TinyCheckpoint;
import io.salient.extractor.tokenization.WordTokenizer;
import io.salient.torch.SafetensorsException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * I8, I9 and I6: nothing outside a checkpoint's folder is read, nothing in it is run or unpacked.
 */
class OutsideFilesTest {
  private static final String VOCABULARY = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n";

  @TempDir Path temp;

  private static Throwable failure(Path folder) {
    return catchThrowable(
        () -> {
          try (CheckpointFolder checkpoint = CheckpointFolder.open(folder)) {
            WordTokenizer.load(checkpoint.tokenizer()).close();
          }
        });
  }

  /** A BERT whose tokenizer is a vocabulary with all that may lie beside one. */
  private Path slowTokenizer() throws IOException {
    Path folder = TinyCheckpoint.random(1).write(temp.resolve("checkpoint"));
    Files.delete(folder.resolve("tokenizer.json"));
    Files.writeString(folder.resolve("vocab.txt"), VOCABULARY);
    for (String name : List.of("tokenizer_config", "special_tokens_map", "added_tokens")) {
      Files.writeString(folder.resolve(name + ".json"), "{}");
    }
    return folder;
  }

  @Test
  void shouldTakeTheSlowTokenizerThatTheOthersAreMadeOf() throws IOException {
    assertThat(failure(slowTokenizer())).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config.json",
        "model.safetensors",
        "vocab.txt",
        "tokenizer_config.json",
        "special_tokens_map.json",
        "added_tokens.json"
      })
  void shouldRefuseALinkWhereverItLeads(String name) throws IOException {
    // given
    Path folder = slowTokenizer();
    Path file = folder.resolve(name);
    Path outside = temp.resolve("outside-" + name);
    Files.move(file, outside);
    List<Path> targets = List.of(outside, Path.of("../outside-" + name), temp.resolve("nothing"));
    for (Path target : targets) {
      Files.createSymbolicLink(file, target);
      // when, then: the same whatever is there, so that nothing of it can have been read
      assertThat(failure(folder)).hasMessageContainingAll(file.toString(), "is a symbolic link");
      Files.delete(file);
    }
  }

  @ParameterizedTest
  @CsvSource({"bert, tokenizer.json", "gpt2, vocab.json", "gpt2, merges.txt"})
  void shouldNotTakeAnotherTokenizerInsteadOfALink(String type, String name) throws IOException {
    // given: files that would do, were the link not there
    Path folder = slowTokenizer();
    Path config = folder.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("\"bert\"", "\"" + type + "\""));
    Files.writeString(folder.resolve("vocab.json"), "{}");
    Files.writeString(folder.resolve("merges.txt"), "");
    Files.deleteIfExists(folder.resolve(name));
    Files.createSymbolicLink(folder.resolve(name), temp.resolve("nothing"));
    // when, then
    assertThat(failure(folder))
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.code()).isEqualTo("tokenizer.unreadable"))
        .hasMessageContainingAll(name, "symbolic link", "put the file itself into the folder");
  }

  @Test
  void shouldLeaveALinkedTrainerStateUnread() throws IOException {
    // given: it would contradict the folder's name
    Path folder = TinyCheckpoint.random(1).writeStep(temp, 500);
    Path state = folder.resolve("trainer_state.json");
    Files.delete(state);
    Path outside = Files.writeString(temp.resolve("state.json"), "{\"global_step\": 400}");
    Files.createSymbolicLink(state, outside);
    // when
    try (CheckpointFolder checkpoint = CheckpointFolder.open(folder)) {
      // then
      assertThat(checkpoint.warnings())
          .singleElement()
          .asString()
          .contains("trainer_state.json", "is a symbolic link");
    }
  }

  @ParameterizedTest
  @CsvSource({"config.json, config.auto-map", "tokenizer_config.json, tokenizer.auto-map"})
  void shouldRefuseCodeOfTheCheckpointsOwn(String name, String code) throws IOException {
    // given
    Path folder = TinyCheckpoint.random(1).config("auto_map", null).write(temp);
    Path file = folder.resolve(name);
    String fields = Files.exists(file) ? Files.readString(file).substring(1) : "}";
    Files.writeString(
        file,
        "{\"auto_map\": {\"AutoModel\": \"evil.Model\"}"
            + (fields.equals("}") ? "" : ",")
            + fields);
    Files.writeString(folder.resolve("evil.py"), "open('ran', 'w')");
    // when, then
    assertThat(failure(folder))
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContainingAll(name, "auto_map", "remote code");
  }

  @ParameterizedTest
  @CsvSource({
    "model.safetensors, safetensors.",
    "pytorch_model.bin, checkpoint.pickle",
    "model.zip, checkpoint.no-weights"
  })
  void shouldNotUnpackAnArchive(String name, String code) throws IOException {
    // given: I9
    Path folder = TinyCheckpoint.random(1).write(temp.resolve("a/checkpoint"));
    Files.delete(folder.resolve("model.safetensors"));
    zip(folder.resolve(name), "../evil", "../../evil", "model.safetensors");
    // when, then
    assertThat(failure(folder))
        .isInstanceOfSatisfying(
            SafetensorsException.class, e -> assertThat(e.code()).startsWith(code));
    try (Stream<Path> files = Files.walk(temp)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("config.json", "tokenizer.json", name);
    }
  }

  @Test
  void shouldRefuseAnArchiveInsteadOfAFolder() throws IOException {
    // given: I9
    Path archive = zip(temp.toRealPath().resolve("checkpoint-500.zip"), "../evil");
    CheckpointRoots roots = CheckpointRoots.of(List.of(archive.getParent().toString()));
    // when, then
    assertThat(catchThrowable(() -> roots.resolve(archive.toString())))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll("checkpoint-500.zip", "is not a folder");
  }

  private static Path zip(Path file, String... names) throws IOException {
    try (OutputStream bytes = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(1);
        zip.closeEntry();
      }
    }
    return file;
  }
}

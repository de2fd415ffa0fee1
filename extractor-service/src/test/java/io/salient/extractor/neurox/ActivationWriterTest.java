package io.salient.extractor.neurox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.schemas.ActivationCodec;
import io.salient.schemas.avro.Encoding;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of any size, and what NeuroX finds in them. */
class ActivationWriterTest {
  @TempDir Path temp;

  private static StoredShape shape(int sentences, int wordsEach) {
    int[] starts = IntStream.range(0, sentences).map(s -> s * wordsEach).toArray();
    return new StoredShape(starts, sentences * wordsEach, 1, new int[0], 2, Encoding.FLOAT32);
  }

  private static ByteBuffer row(float... values) {
    return ActivationCodec.encode(MemorySegment.ofArray(values), Encoding.FLOAT32);
  }

  @Test
  void shouldWriteSoManySentencesThatTheTreeOfNamesHasFourLevels() throws IOException {
    int sentences = 70_000;
    StoredShape shape = shape(sentences, 1);
    List<String> words = IntStream.range(0, sentences).mapToObj(i -> "w" + i).toList();
    Path file = temp.resolve("a.hdf5");

    try (ActivationWriter writer = new ActivationWriter(file, shape, words)) {
      for (int word = sentences - 1; word >= 0; word -= 3) {
        writer.put(List.of(word), row(word, -word));
      }
      writer.finish();
    }

    int[] lengths = new int[sentences];
    Arrays.fill(lengths, 1);
    try (ActivationFile read =
        ActivationFile.open(file, new CorpusSentences("c.txt", lengths, false))) {
      for (int word = sentences - 1; word >= 0; word -= 3) {
        assertThat(read.read(word)).containsExactly(word, -word);
      }
      assertThat(read.read(sentences - 2)).containsExactly(0, 0);
    }
  }

  @Test
  void shouldNameSentencesInTheirOrderWithEachRepetitionOnItsOwn() throws IOException {
    Path file = temp.resolve("a.hdf5");
    List<String> words = List.of("a", "b", "\u00e9\"", "c", "a", "b", "a", "b");
    try (ActivationWriter writer = new ActivationWriter(file, shape(4, 2), words)) {
      writer.finish();
    }

    try (HdfFile read = new HdfFile(file)) {
      assertThat((String[]) read.getDatasetByPath("sentence_to_index").getData())
          .containsExactly(
              "{\"a b\":\"0\",\"\\u00E9\\\" c\":\"1\",\"a b (Occurrence 2)\":\"2\","
                  + "\"a b (Occurrence 3)\":\"3\"}");
    }
  }

  @Test
  void shouldWriteTheLinesOfNeurox() throws IOException {
    Path file = temp.resolve("a.json");
    try (ActivationWriter writer =
        new ActivationWriter(file, shape(1, 2), List.of("\u00e9\"", "c"))) {
      writer.put(List.of(0), row(0.1f, -1e-9f));
      writer.finish();
    }

    assertThat(Files.readString(file))
        .isEqualTo(
            "{\"linex_index\":0,\"features\":[{\"token\":\"\\u00E9\\\"\",\"layers\":[{\"index\":0,"
                + "\"values\":[0.1,-1.0E-9]}]},{\"token\":\"c\",\"layers\":[{\"index\":0,"
                + "\"values\":[0.0,0.0]}]}]}\n");
  }

  @Test
  void shouldRefuseWhatIsNotFiniteAndLeaveNothing() throws IOException {
    Path file = temp.resolve("a.hdf5");
    try (ActivationWriter writer = new ActivationWriter(file, shape(2, 1), List.of("a", "b"))) {
      assertThatThrownBy(() -> writer.put(List.of(1), row(1, Float.NaN)))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("sentence 1, word \"b\"");
    }
    try (var left = Files.list(temp)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void shouldRefuseAFileThatTheDiskCannotHold() {
    StoredShape shape =
        new StoredShape(new int[] {0}, 2_000_000_000, 100, new int[0], 100_000, Encoding.FLOAT32);

    assertThatThrownBy(() -> new ActivationWriter(temp.resolve("a.hdf5"), shape, List.of()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("are free");
  }
}

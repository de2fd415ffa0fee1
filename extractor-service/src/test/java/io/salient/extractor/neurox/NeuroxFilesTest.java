package io.salient.extractor.neurox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.extractor.checkpoint.CheckpointException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of NeuroX's own writer, made by src/test/python/neurox_files.py, and broken ones. */
class NeuroxFilesTest {
  private static final int[] WORDS = {3, 1, 3, 4};
  private static final int LAYERS = 3;
  private static final int UNITS = 4;
  private static final CorpusSentences CORPUS = new CorpusSentences("corpus.txt", WORDS, false);

  @TempDir Path temp;

  private static Path resource(String name) throws URISyntaxException {
    return NeuroxResources.path(name);
  }

  /** The formula of the script. */
  private static float[] expected(int sentence, int... layers) {
    float[] vectors = new float[WORDS[sentence] * layers.length * UNITS];
    int at = 0;
    for (int word = 0; word < WORDS[sentence]; word++) {
      for (int layer : layers) {
        for (int unit = 0; unit < UNITS; unit++) {
          boolean noSubword = sentence == 3 && word == 1;
          vectors[at++] = noSubword ? 0 : 1 + sentence + layer / 4f + word / 16f - unit / 128f;
        }
      }
    }
    return vectors;
  }

  @ParameterizedTest
  @ValueSource(strings = {"all.hdf5", "all.json", "half.hdf5", "latest.hdf5"})
  void shouldReadWhatNeuroxWritesWithTheSecondOfTwoEqualSentences(String name) throws Exception {
    try (ActivationFile file = ActivationFile.open(resource(name), CORPUS)) {
      assertThat(file.layers()).isEqualTo(LAYERS);
      assertThat(file.hiddenSize()).isEqualTo(UNITS);
      assertThat(file.namedLayers()).isNull();
      for (int sentence : new int[] {3, 0, 2, 1}) {
        assertThat(file.words(sentence)).isEqualTo(WORDS[sentence]);
        assertThat(file.read(sentence)).containsExactly(expected(sentence, 0, 1, 2));
      }
    }
  }

  @Test
  void shouldTakeChosenLayersInTheOrderInWhichNeuroxStoredThem() throws Exception {
    try (ActivationFile file = ActivationFile.open(resource("chosen.hdf5"), CORPUS)) {
      assertThat(file.layers()).isEqualTo(2);
      assertThat(file.read(2)).containsExactly(expected(2, 2, 0));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "external.hdf5, sentence 3: is not there",
    "huge.hdf5, 2147483648 units",
  })
  void shouldRefuseLinksToOtherFilesAndClaimedSizes(String name, String message) {
    assertThatThrownBy(() -> ActivationFile.open(resource(name), CORPUS))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"all.hdf5", "all.json"})
  void shouldNameTheSentenceThatIsOfAnotherCorpus(String name) throws Exception {
    Path file = resource(name);
    CorpusSentences more = new CorpusSentences("other.txt", new int[] {3, 1, 3, 4, 1}, false);
    CorpusSentences fewer = new CorpusSentences("other.txt", new int[] {3, 1, 3}, false);
    CorpusSentences shorter = new CorpusSentences("other.txt", new int[] {3, 1, 2, 4}, true);
    CorpusSentences longer = new CorpusSentences("other.txt", new int[] {3, 2, 3, 4}, false);

    assertThatThrownBy(() -> ActivationFile.open(file, more)).hasMessageContaining("4 sentences");
    assertThatThrownBy(() -> ActivationFile.open(file, fewer)).hasMessageContaining("4 sentences");
    assertThatThrownBy(() -> ActivationFile.open(file, shorter))
        .hasMessageContaining("sentence 2: ");
    assertThatThrownBy(() -> ActivationFile.open(file, longer))
        .hasMessageContaining("sentence 1: 1 vectors, other.txt has 2 words")
        .hasMessageContaining("--allow-cut");
  }

  @ParameterizedTest
  @ValueSource(strings = {"all.hdf5", "all.json"})
  void shouldAllowSentencesThatNeuroxCut(String name) throws Exception {
    CorpusSentences longer = new CorpusSentences("c.txt", new int[] {3, 2, 3, 4}, true);
    try (ActivationFile file = ActivationFile.open(resource(name), longer)) {
      assertThat(file.words(1)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"all.hdf5", "all.json", "latest.hdf5"})
  void shouldRefuseEveryTruncatedFile(String name) throws Exception {
    byte[] whole = Files.readAllBytes(resource(name));
    for (int length = 0; length < whole.length - 1; length += Math.max(1, whole.length / 150)) {
      Path file = Files.write(temp.resolve(name), Arrays.copyOf(whole, length));
      // A cut may only hit padding at the end of an HDF5 file: then all that is read is right.
      assertRefusedOrRight(file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"all.hdf5", "all.json", "latest.hdf5"})
  void shouldRefuseOrReadFilesWithWrongBytesAndNothingElse(String name) throws Exception {
    byte[] whole = Files.readAllBytes(resource(name));
    Random random = new Random(7);
    for (int trial = 0; trial < 300; trial++) {
      byte[] wrong = whole.clone();
      for (int i = 0; i < 3; i++) {
        wrong[random.nextInt(wrong.length)] = (byte) random.nextInt();
      }
      Path file = Files.write(temp.resolve(name), wrong);
      try (ActivationFile opened = ActivationFile.open(file, CORPUS)) {
        for (int sentence = 0; sentence < WORDS.length; sentence++) {
          assertThat(opened.read(sentence))
              .hasSize(WORDS[sentence] * opened.layers() * opened.hiddenSize());
        }
      } catch (CheckpointException e) {
        assertThat(e).hasMessageContaining(file.toString());
      }
    }
  }

  private static void assertRefusedOrRight(Path file) {
    try (ActivationFile opened = ActivationFile.open(file, CORPUS)) {
      for (int sentence = 0; sentence < WORDS.length; sentence++) {
        assertThat(opened.read(sentence)).containsExactly(expected(sentence, 0, 1, 2));
      }
    } catch (CheckpointException e) {
      assertThat(e).hasMessageContaining(file.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | has no linex_index",
        "{'linex_index':0} | has no features",
        "{'linex_index':1,'features':[]} | linex_index is 1",
        "{'linex_index':0,'features':[]} | 0 vectors",
        "{'linex_index':0,'features':[{'token':'a'}]} | word 0 has no layers",
        "{'linex_index':0,'features':[{'layers':[]}]} | word 0 has no layers",
        "{'linex_index':0,'features':[{'layers':[{'index':0}]}]} | has no values",
        "{'linex_index':0,'features':[{'layers':[{'index':1,'values':[1]}]}]} | has index 1",
        "{'linex_index':0,'features':[{'layers':[{'index':0,'values':[]}]}]} | 0 values",
        "{'linex_index':0,'features':[{'layers':[{'index':0,'values':['1']}]}]} | not a number",
        "{'linex_index':0,'features':[{'layers':[{'index':0,'values':[NaN]}]}]} | holds NaN",
        "{'linex_index':0,'features':[{'layers':[{'index':0,'values':[1e99]}]}]} | Infinity",
        "{'linex_index':0,'features':[{'layers':[{'index':0,'values':[1 | sentence 0",
        "[1] | not a JSON object",
        "nonsense | sentence 0",
      })
  void shouldSayWhatALineOfJsonLacks(String line, String message) throws IOException {
    Path file = Files.writeString(temp.resolve("a.json"), line.replace('\'', '"') + "\n");
    CorpusSentences corpus = new CorpusSentences("c.txt", new int[] {1}, false);

    assertThatThrownBy(() -> ActivationFile.open(file, corpus))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void shouldStopAtMoreNumbersThanARowMayHave() throws IOException {
    String values = "1,".repeat(ActivationFile.MAX_WIDTH) + "1";
    Path file =
        Files.writeString(
            temp.resolve("a.json"),
            "{\"linex_index\":0,\"features\":[{\"layers\":[{\"index\":0,\"values\":["
                + values
                + "]}]}]}\n");

    assertThatThrownBy(
            () -> ActivationFile.open(file, new CorpusSentences("c.txt", new int[] {1}, false)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("more values");
  }
}

package io.salient.extractor.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.salient.torch.SafetensorsFile;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A tiny checkpoint of a family and what the Transformers library says of it; made by {@code
 * src/test/python/make_fixtures.py}, which describes the files.
 */
final class FamilyFixture implements AutoCloseable {
  private final Path folder;
  private final JsonNode expected;
  private final SafetensorsFile hidden;

  /**
   * A sentence of it.
   *
   * @param ids subword ids, special ones included
   * @param first by word: position of its first subword, -1 when it has none
   * @param last by word: position of its last subword, -1 when it has none
   */
  record Sentence(List<String> words, long[] ids, int[] first, int[] last) {}

  private FamilyFixture(Path folder, JsonNode expected, SafetensorsFile hidden) {
    this.folder = folder;
    this.expected = expected;
    this.hidden = hidden;
  }

  /** The names of all: family, or family and variant. */
  static List<String> names() {
    try (Stream<Path> folders = Files.list(root())) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of those whose family is read. */
  static List<String> supported() {
    return names().stream().filter(FamilyFixture::isSupported).toList();
  }

  private static boolean isSupported(String name) {
    try {
      JsonNode config =
          new ObjectMapper().readTree(root().resolve(name).resolve("config.json").toFile());
      return Encoders.SUPPORTED.contains(config.get("model_type").textValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FamilyFixture open(String name) {
    Path folder = root().resolve(name);
    try {
      JsonNode expected = new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
      return new FamilyFixture(
          folder, expected, SafetensorsFile.open(folder.resolve("expected.safetensors")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    try {
      return Path.of(FamilyFixture.class.getResource("/families").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A copy of the checkpoint in a folder, with fields of config.json removed, and others added. */
  Path changed(Path copy, List<String> removed, JsonNode added) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Path file = copy.resolve("config.json");
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode config = (ObjectNode) mapper.readTree(file.toFile());
    config.remove(removed);
    config.setAll((ObjectNode) added);
    mapper.writeValue(file.toFile(), config);
    return copy;
  }

  /** The checkpoint. */
  Path folder() {
    return folder;
  }

  int layers() {
    return expected.get("layers").intValue();
  }

  int hiddenSize() {
    return expected.get("hidden_size").intValue();
  }

  List<Sentence> sentences() {
    List<Sentence> sentences = new ArrayList<>();
    for (JsonNode sentence : expected.get("sentences")) {
      List<String> words =
          StreamSupport.stream(sentence.get("words").spliterator(), false)
              .map(JsonNode::textValue)
              .toList();
      long[] ids =
          StreamSupport.stream(sentence.get("ids").spliterator(), false)
              .mapToLong(JsonNode::longValue)
              .toArray();
      sentences.add(
          new Sentence(words, ids, positions(sentence, "first"), positions(sentence, "last")));
    }
    return sentences;
  }

  private static int[] positions(JsonNode sentence, String field) {
    return StreamSupport.stream(sentence.get(field).spliterator(), false)
        .mapToInt(JsonNode::intValue)
        .toArray();
  }

  /** Hidden states of a sentence, layers x S x H; closed before this. */
  NDArray hiddenStates(NDManager manager, int sentence) {
    return hidden.load(manager, "hidden." + sentence);
  }

  /**
   * The largest difference between the expected hidden states and an encoder's, over all layers;
   * the sentences go through it in one batch, padded.
   */
  double largestError(Encoder encoder) {
    List<Sentence> sentences = sentences();
    WordBatch batch =
        new WordBatch(
            sentences.stream().map(Sentence::ids).toArray(long[][]::new), new WordBatch.Word[0]);
    assertThat(batch.withoutPadding()).isFalse();
    try (NDManager manager = TorchEngine.newManager()) {
      NDList states = encoder.hiddenStates(manager, batch);
      assertThat(states).hasSize(expected.get("layers").intValue());
      double worst = 0;
      for (int s = 0; s < sentences.size(); s++) {
        NDArray truth = hidden.load(manager, "hidden." + s);
        for (int layer = 0; layer < states.size(); layer++) {
          NDArray actual = states.get(layer).get(s).get(":" + truth.getShape().get(1));
          double difference = actual.sub(truth.get(layer)).abs().max().getFloat();
          worst = Double.isNaN(difference) ? Double.NaN : Math.max(worst, difference);
        }
      }
      return worst;
    }
  }

  @Override
  public void close() {
    hidden.close();
  }
}

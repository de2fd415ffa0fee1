package io.salient.extractor.neurox;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.salient.extractor.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One line of NeuroX's JSON lines, read value by value; every size is bounded by the corpus. */
final class JsonSentence {
  private final JsonParser json;
  private final Path file;
  private final int sentence;
  private final CorpusSentences corpus;

  /** Sizes of a row; 0 until the first word has told them. */
  private int layers;

  private int hiddenSize;
  private int words = -1;
  private int[] namedLayers;
  private float[] vectors = new float[0];
  private int filled;

  private JsonSentence(
      JsonParser json,
      Path file,
      int sentence,
      CorpusSentences corpus,
      int layers,
      int hiddenSize) {
    this.json = json;
    this.file = file;
    this.sentence = sentence;
    this.corpus = corpus;
    this.layers = layers;
    this.hiddenSize = hiddenSize;
  }

  /**
   * Reads the object whose first token is the current one.
   *
   * @param layers layers of every word; 0 when this is the first sentence
   * @param hiddenSize values of every layer; 0 when this is the first sentence
   */
  static JsonSentence read(
      JsonParser json, Path file, int sentence, CorpusSentences corpus, int layers, int hiddenSize)
      throws IOException {
    JsonSentence line = new JsonSentence(json, file, sentence, corpus, layers, hiddenSize);
    line.read();
    return line;
  }

  private void read() throws IOException {
    require(json.currentToken() == JsonToken.START_OBJECT, "is not a JSON object");
    boolean indexed = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      switch (json.currentName()) {
        case "linex_index" -> {
          int index = json.nextIntValue(-1);
          require(index == sentence, "linex_index is " + index + ": lines are missing or mixed up");
          indexed = true;
        }
        case "features" -> readWords();
        case Hdf5Structure.LAYERS -> namedLayers = readNamedLayers();
        default -> {
          json.nextToken();
          json.skipChildren();
        }
      }
    }
    require(indexed, "has no linex_index");
    require(words >= 0, "has no features");
    require(
        namedLayers == null || layers == 0 || namedLayers.length == layers,
        Hdf5Structure.LAYERS + " does not name its layers");
    corpus.requireWords(file, sentence, words);
  }

  private int[] readNamedLayers() throws IOException {
    List<Integer> named = new ArrayList<>();
    startArray(Hdf5Structure.LAYERS);
    while (json.nextToken() == JsonToken.VALUE_NUMBER_INT && named.size() < 10_000) {
      named.add(json.getIntValue());
    }
    require(json.currentToken() == JsonToken.END_ARRAY, "has bad " + Hdf5Structure.LAYERS);
    return named.stream().mapToInt(Integer::intValue).toArray();
  }

  private void readWords() throws IOException {
    require(words < 0, "has features twice");
    startArray("features");
    words = 0;
    while (json.nextToken() == JsonToken.START_OBJECT) {
      if (words == corpus.words()[sentence]) {
        corpus.requireWords(file, sentence, words + 1L);
      }
      readWord();
      words++;
    }
    require(json.currentToken() == JsonToken.END_ARRAY, "features hold something else than words");
    vectors = Arrays.copyOf(vectors, filled);
  }

  private void readWord() throws IOException {
    boolean found = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      if (json.currentName().equals("layers")) {
        readLayers();
        found = true;
      } else {
        json.nextToken();
        json.skipChildren();
      }
    }
    require(found, "word " + words + " has no layers");
  }

  private void readLayers() throws IOException {
    startArray("layers");
    int count = 0;
    while (json.nextToken() == JsonToken.START_OBJECT) {
      require(
          layers == 0 || count < layers, "word " + words + " has more than " + layers + " layers");
      readLayer(count);
      count++;
    }
    require(json.currentToken() == JsonToken.END_ARRAY, "layers hold something else than layers");
    require(count > 0, "word " + words + " has no layers");
    if (layers == 0) {
      layers = count;
    }
    require(count == layers, "word " + words + " has " + count + " layers, not " + layers);
  }

  private void readLayer(int position) throws IOException {
    boolean found = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      switch (json.currentName()) {
        case "index" -> {
          int index = json.nextIntValue(-1);
          require(
              index == position, "word " + words + ": layer " + position + " has index " + index);
        }
        case "values" -> {
          readValues(position);
          found = true;
        }
        default -> {
          json.nextToken();
          json.skipChildren();
        }
      }
    }
    require(found, "word " + words + ", layer " + position + " has no values");
  }

  private void readValues(int layer) throws IOException {
    startArray("values");
    int start = filled;
    while (json.nextToken().isNumeric()) {
      float value = json.getFloatValue();
      ActivationFile.requireFinite(file, sentence, words, value);
      add(value, layer, filled - start);
    }
    require(
        json.currentToken() == JsonToken.END_ARRAY,
        "word " + words + ", layer " + layer + ": a value is not a number");
    int count = filled - start;
    if (hiddenSize == 0) {
      hiddenSize = count;
    }
    require(
        count > 0 && count == hiddenSize,
        "word " + words + ", layer " + layer + " has " + count + " values, not " + hiddenSize);
  }

  private void add(float value, int layer, int unit) {
    require(
        hiddenSize == 0 ? unit < ActivationFile.MAX_WIDTH : unit < hiddenSize,
        "word " + words + ", layer " + layer + " has more values than " + hiddenSize);
    require(
        (long) layer * hiddenSize + unit < ActivationFile.MAX_WIDTH,
        "more than " + ActivationFile.MAX_WIDTH + " neurons");
    if (filled == vectors.length) {
      vectors = Arrays.copyOf(vectors, Math.max(1024, filled + filled / 2));
    }
    vectors[filled++] = value;
  }

  private void startArray(String name) throws IOException {
    require(json.nextToken() == JsonToken.START_ARRAY, name + " is not a list");
  }

  private void require(boolean right, String otherwise) {
    if (!right) {
      throw invalid(file, sentence, otherwise);
    }
  }

  static CheckpointException invalid(Path file, int sentence, String what) {
    return new CheckpointException(
        "neurox.json",
        file + ", sentence " + sentence + ": " + what + "; copy or extract the file again");
  }

  int layers() {
    return layers;
  }

  int hiddenSize() {
    return hiddenSize;
  }

  int words() {
    return words;
  }

  int[] namedLayers() {
    return namedLayers;
  }

  /** Words x (layers x H), layer-major. */
  float[] vectors() {
    return vectors;
  }
}

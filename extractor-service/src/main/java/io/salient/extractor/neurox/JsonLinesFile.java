package io.salient.extractor.neurox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.salient.extractor.checkpoint.CheckpointException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * NeuroX's JSON lines. Opened by reading it through once: every line is checked and its place
 * noted, so that sentences can then be taken in any order. Memory is that of one sentence of the
 * corpus.
 */
final class JsonLinesFile implements ActivationFile {
  private static final int BUFFER = 1 << 18;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python's NaN: refused by name
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxStringLength(1 << 20)
                  .maxNameLength(1_000)
                  .maxNumberLength(100)
                  .build())
          .build();

  private final Path file;
  private final FileChannel channel;
  private final CorpusSentences corpus;
  private final long[] places;
  private final int[] words;
  private int layers;
  private int hiddenSize;
  private int[] namedLayers;

  private JsonLinesFile(Path file, FileChannel channel, CorpusSentences corpus) {
    this.file = file;
    this.channel = channel;
    this.corpus = corpus;
    this.places = new long[corpus.words().length];
    this.words = new int[places.length];
  }

  static JsonLinesFile open(Path file, CorpusSentences corpus) {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      JsonLinesFile lines = new JsonLinesFile(file, channel, corpus);
      try {
        lines.readThrough();
        return lines;
      } catch (IOException | RuntimeException | Error e) {
        lines.close();
        throw e;
      }
    } catch (IOException e) {
      throw new CheckpointException("neurox.json", file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void readThrough() throws IOException {
    try (JsonParser json = parser(0)) {
      int sentence = 0;
      while (next(json, sentence) != null) {
        if (sentence == places.length) {
          corpus.requireSentences(file, sentence + 1L);
        }
        places[sentence] = json.currentTokenLocation().getByteOffset();
        JsonSentence line = sentence(json, sentence);
        words[sentence] = line.words();
        if (sentence == 0) {
          layers = line.layers();
          hiddenSize = line.hiddenSize();
          namedLayers = line.namedLayers();
        }
        sentence++;
      }
      corpus.requireSentences(file, sentence);
    }
  }

  private JsonToken next(JsonParser json, int sentence) throws IOException {
    try {
      return json.nextToken();
    } catch (JsonProcessingException e) {
      throw JsonSentence.invalid(file, sentence, e.getOriginalMessage());
    }
  }

  private JsonSentence sentence(JsonParser json, int sentence) throws IOException {
    try {
      return JsonSentence.read(json, file, sentence, corpus, layers, hiddenSize);
    } catch (JsonProcessingException e) {
      throw JsonSentence.invalid(file, sentence, e.getOriginalMessage());
    }
  }

  private JsonParser parser(long place) throws IOException {
    channel.position(place);
    InputStream bytes = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
    return JSON.createParser(bytes).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
  }

  @Override
  public int layers() {
    return layers;
  }

  @Override
  public int hiddenSize() {
    return hiddenSize;
  }

  @Override
  public int[] namedLayers() {
    return namedLayers == null ? null : namedLayers.clone();
  }

  @Override
  public int words(int sentence) {
    return words[sentence];
  }

  @Override
  public float[] read(int sentence) {
    try (JsonParser json = parser(places[sentence])) {
      next(json, sentence);
      return sentence(json, sentence).vectors();
    } catch (IOException e) {
      throw new CheckpointException("neurox.json", file + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It was only read.
    }
  }
}

package io.salient.extractor.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.salient.extractor.TinyCheckpoint;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.checkpoint.TokenizerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokenizers out of a vocabulary give the ids that the Transformers library gave. */
class VocabularyTokenizerTest {
  private final ObjectMapper mapper = new ObjectMapper();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"bert", "distilbert", "electra", "gpt2", "roberta"})
  void shouldTokenizeAsTheCompleteTokenizer(String family) throws Exception {
    // given: only the vocabulary of the family's tokenizer.json
    Path fixture = Path.of(getClass().getResource("/families/" + family).toURI());
    JsonNode tokenizer = mapper.readTree(fixture.resolve("tokenizer.json").toFile());
    boolean wordPiece = tokenizer.path("model").path("type").asText().equals("WordPiece");
    if (wordPiece) {
      writeWordPiece(tokenizer);
    } else {
      writeByteLevel(tokenizer);
    }
    TokenizerFiles files =
        new TokenizerFiles(
            folder,
            family,
            wordPiece ? TokenizerFiles.Kind.WORD_PIECE : TokenizerFiles.Kind.BYTE_LEVEL_BPE);
    JsonNode expected = mapper.readTree(fixture.resolve("expected.json").toFile());
    try (WordTokenizer made = WordTokenizer.load(files)) {
      for (JsonNode sentence : expected.get("sentences")) {
        List<String> words = new ArrayList<>();
        sentence.get("words").forEach(word -> words.add(word.textValue()));
        // when, then
        List<Long> ids = new ArrayList<>();
        sentence.get("ids").forEach(id -> ids.add(id.longValue()));
        assertThat(made.tokenize(words).all())
            .as("%s", words)
            .containsExactly(ids.toArray(Long[]::new));
      }
    }
  }

  private void writeWordPiece(JsonNode tokenizer) throws IOException {
    String[] lines = new String[tokenizer.path("model").path("vocab").size()];
    tokenizer
        .path("model")
        .path("vocab")
        .properties()
        .forEach(entry -> lines[entry.getValue().intValue()] = entry.getKey());
    Files.writeString(folder.resolve("vocab.txt"), String.join("\n", lines) + "\n");
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"do_lower_case\":" + tokenizer.path("normalizer").path("lowercase") + "}");
  }

  private void writeByteLevel(JsonNode tokenizer) throws IOException {
    Files.writeString(
        folder.resolve("vocab.json"), tokenizer.path("model").path("vocab").toString());
    StringBuilder merges = new StringBuilder("#version: 0.2\n");
    for (JsonNode merge : tokenizer.path("model").path("merges")) {
      String pair =
          merge.isArray()
              ? merge.get(0).textValue() + " " + merge.get(1).textValue()
              : merge.textValue();
      merges.append(pair).append('\n');
    }
    Files.writeString(folder.resolve("merges.txt"), merges);
    StringBuilder added = new StringBuilder();
    for (JsonNode token : tokenizer.path("added_tokens")) {
      added.append(added.isEmpty() ? "{" : ",").append(token.get("content")).append(":");
      added.append(token.get("id"));
    }
    Files.writeString(
        folder.resolve("added_tokens.json"), added.isEmpty() ? "{}" : added.append("}"));
  }

  @Test
  void shouldRefuseSentencePieceAloneAndSayWhatToDo() throws IOException {
    // given: I12
    TinyCheckpoint.random(1).write(folder);
    Files.delete(folder.resolve("tokenizer.json"));
    Files.writeString(folder.resolve("spiece.model"), "x");
    // when, then
    assertThatThrownBy(() -> CheckpointFolder.open(folder).close())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll("tokenizer.json", "spiece.model", "save_pretrained");
  }
}

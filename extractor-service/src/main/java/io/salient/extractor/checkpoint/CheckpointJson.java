package io.salient.extractor.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.salient.torch.ForeignContent;
import io.salient.torch.HubCache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * JSON objects that lie in a checkpoint folder: bounded, no name twice, no link followed but those
 * of {@link HubCache}.
 */
final class CheckpointJson {
  /** A classifier of 100,000 labels writes a config.json of some megabytes. */
  static final int MAX_BYTES = 32 << 20;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python writes NaN, a loss's
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(MAX_BYTES)
                          .maxNestingDepth(64)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private CheckpointJson() {}

  /**
   * Reads one object.
   *
   * @throws IOException with a message for people when it is not there, too large or no object
   */
  static JsonNode read(Path path) throws IOException {
    Path file = HubCache.file(path);
    if (Files.isSymbolicLink(file)) {
      throw new IOException(
          "is a symbolic link, which is not followed: put the file itself into the folder");
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("is not a file");
    }
    try (InputStream bytes =
        Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      JsonNode root = MAPPER.readTree(bytes);
      if (!root.isObject()) {
        throw new IOException("is not a JSON object");
      }
      return root;
    } catch (JsonProcessingException e) {
      String why = "is not valid JSON: " + e.getOriginalMessage();
      throw new IOException(ForeignContent.in(file).orElse(why), e);
    }
  }
}

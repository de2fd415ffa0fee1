package io.salient.extractor.announcement;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.salient.torch.HubCache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Whether a JSON file is written to its end; what else is wrong with it is for those who read it.
 */
final class WholeJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE) // only skipped, never held
                  .build())
          .build();

  private WholeJson() {}

  /** True for a file that ends too early; false where there is none that would be read. */
  static boolean endsEarly(Path path) {
    Path file = HubCache.file(path);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (InputStream bytes =
            Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        JsonParser parser = FACTORY.createParser(bytes)) {
      boolean empty = parser.nextToken() == null;
      parser.skipChildren();
      return empty;
    } catch (JsonEOFException e) {
      return true;
    } catch (JsonProcessingException e) {
      return false; // wrong, but not because of its end
    } catch (IOException e) {
      return true; // gone meanwhile
    }
  }
}

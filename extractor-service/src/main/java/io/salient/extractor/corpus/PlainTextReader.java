package io.salient.extractor.corpus;

import java.nio.file.Path;
import java.util.List;

/**
 * Reads plain text: one sentence a line, words separated by blanks or tabs, no labels. A blank line
 * is no sentence.
 */
final class PlainTextReader {
  private PlainTextReader() {}

  static AnnotatedCorpus read(Path file) {
    CorpusBuilder builder = new CorpusBuilder(file.getFileName().toString(), List.of());
    List<String> lines = CorpusLines.read(file);
    for (int line = 0; line < lines.size(); line++) {
      if (!lines.get(line).isBlank()) {
        for (String word : lines.get(line).strip().split("[ \t]+", -1)) {
          builder.word(CorpusLines.where(file, line + 1), word, List.of());
        }
        builder.endSentence();
      }
    }
    return builder.build();
  }
}

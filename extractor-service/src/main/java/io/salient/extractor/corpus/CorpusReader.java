package io.salient.extractor.corpus;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads an annotated corpus in whichever of the known formats it is. */
public final class CorpusReader {
  private static final int CONLLU_COLUMNS = 10;

  private CorpusReader() {}

  /**
   * Reads a corpus: with label files as parallel text; otherwise by its first line that is neither
   * blank nor a comment, as CoNLL-U (ten columns), tab-separated columns, or parallel text.
   *
   * @param file words and labels, or plain text
   * @param labelFiles label file of each concept, for plain text
   * @param concepts what is wanted; empty for upos in CoNLL-U, for all elsewhere
   * @throws CorpusException when it cannot be used
   */
  public static AnnotatedCorpus read(
      Path file, Map<String, Path> labelFiles, List<String> concepts) {
    if (!labelFiles.isEmpty()) {
      return ParallelTextReader.read(file, labelFiles, concepts);
    }
    String name = file.getFileName().toString();
    if (name.endsWith(".conllu")) {
      return ConlluReader.read(file, concepts);
    }
    List<String> lines = CorpusLines.read(file);
    if (TsvReader.namesColumns(lines)) {
      return TsvReader.read(file, concepts);
    }
    String first =
        lines.stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .findFirst()
            .orElse("");
    int columns = first.split("\t", -1).length;
    if (columns == CONLLU_COLUMNS) {
      return ConlluReader.read(file, concepts);
    }
    return columns > 1
        ? TsvReader.read(file, concepts)
        : ParallelTextReader.read(file, labelFiles, concepts);
  }
}

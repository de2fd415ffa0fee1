package io.salient.extractor.corpus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads NeuroX's parallel files: text with one sentence a line and words separated by single
 * blanks, and for each concept a file of the same shape with the labels. Without label files, one
 * beside the text is taken: X.label, X.labels or X.tag for X.word, X.txt or the like, concept
 * "label".
 */
final class ParallelTextReader {
  private ParallelTextReader() {}

  static AnnotatedCorpus read(Path text, Map<String, Path> labelFiles, List<String> asked) {
    Map<String, Path> files = chosen(text, labelFiles.isEmpty() ? beside(text) : labelFiles, asked);
    List<String> sentences = CorpusLines.read(text);
    List<List<String>> labels = new ArrayList<>();
    for (Path file : files.values()) {
      List<String> lines = CorpusLines.read(file);
      if (lines.size() != sentences.size()) {
        throw new CorpusException(
            "corpus.lines",
            file.getFileName()
                + " has "
                + lines.size()
                + " lines, "
                + text.getFileName()
                + " has "
                + sentences.size());
      }
      labels.add(lines);
    }
    CorpusBuilder builder =
        new CorpusBuilder(text.getFileName().toString(), List.copyOf(files.keySet()));
    List<Path> paths = List.copyOf(files.values());
    for (int line = 0; line < sentences.size(); line++) {
      sentence(builder, text, paths, sentences.get(line), labels, line);
    }
    return builder.build();
  }

  private static void sentence(
      CorpusBuilder builder,
      Path text,
      List<Path> files,
      String sentence,
      List<List<String>> labels,
      int line) {
    String[] words = parts(sentence);
    String[][] columns = new String[files.size()][];
    for (int concept = 0; concept < columns.length; concept++) {
      columns[concept] = parts(labels.get(concept).get(line));
      if (columns[concept].length != words.length) {
        throw new CorpusException(
            "corpus.labels",
            CorpusLines.where(files.get(concept), line + 1)
                + ": "
                + columns[concept].length
                + " labels for "
                + words.length
                + " words of "
                + text.getFileName());
      }
    }
    for (int i = 0; i < words.length; i++) {
      List<String> label = new ArrayList<>();
      for (String[] column : columns) {
        label.add(column[i]);
      }
      builder.word(CorpusLines.where(text, line + 1), words[i], label);
    }
    builder.endSentence();
  }

  private static String[] parts(String line) {
    return line.isBlank() ? new String[0] : line.strip().split(" ", -1);
  }

  private static Map<String, Path> chosen(Path text, Map<String, Path> files, List<String> asked) {
    if (asked.isEmpty()) {
      return files;
    }
    Map<String, Path> chosen = new LinkedHashMap<>();
    for (String concept : asked) {
      if (!files.containsKey(concept)) {
        throw new CorpusException(
            "corpus.unknown-concept",
            "concept "
                + CorpusBuilder.printable(concept)
                + " has no label file for "
                + text.getFileName()
                + ": there are "
                + String.join(", ", files.keySet()));
      }
      if (chosen.put(concept, files.get(concept)) != null) {
        throw CorpusBuilder.twice(concept);
      }
    }
    return chosen;
  }

  private static Map<String, Path> beside(Path text) {
    String name = text.getFileName().toString();
    String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    for (String extension : List.of(".label", ".labels", ".tag")) {
      Path file = text.resolveSibling(stem + extension);
      if (Files.exists(file) && !file.equals(text)) {
        return Map.of("label", file);
      }
    }
    throw new CorpusException(
        "corpus.no-label-file",
        text.getFileName()
            + " is plain text and no label file is named or beside it ("
            + stem
            + ".label): set salient.extractor.corpus.labels.<concept>, or --labels CONCEPT=FILE;"
            + " columns of words and labels are separated by tabs");
  }
}

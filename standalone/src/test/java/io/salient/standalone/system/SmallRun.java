package io.salient.standalone.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A part of the real run and of the real corpus, small enough for many starts.
 *
 * @param folder the run folder
 * @param corpus a CoNLL-U file
 * @param steps the steps in the folder
 */
record SmallRun(Path folder, Path corpus, List<Long> steps) {
  private static final int SENTENCES = 400;

  /**
   * Copies checkpoints and the first sentences below a folder; skipped where the real input is
   * absent.
   */
  static SmallRun copyTo(Path target, long... steps) {
    Path run = SharedInput.require("runs/bert-genre");
    Path text = SharedInput.require("data/ud-english-ewt/en_ewt-ud-dev.conllu");
    try {
      Path folder = Files.createDirectories(target.resolve("small-run"));
      for (long step : steps) {
        copy(run.resolve("checkpoint-" + step), folder.resolve("checkpoint-" + step));
      }
      Path corpus = target.resolve("dev-small.conllu");
      Files.write(corpus, firstSentences(text));
      return new SmallRun(folder, corpus, java.util.Arrays.stream(steps).boxed().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> firstSentences(Path text) throws IOException {
    int[] ends = {0};
    try (Stream<String> lines = Files.lines(text)) {
      return lines
          .takeWhile(line -> ends[0] < SENTENCES)
          .peek(line -> ends[0] += line.isBlank() ? 1 : 0)
          .toList();
    }
  }

  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}

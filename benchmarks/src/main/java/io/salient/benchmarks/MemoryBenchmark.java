package io.salient.benchmarks;

import io.salient.standalone.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Memory of an end-to-end run over N words and over 4 N words: {@code benchmarks/run
 * MemoryBenchmark RUN_DIR CORPUS}. The corpus is taken once and four times over; the largest
 * anonymous resident size of the process is printed for both; the mapped matrix, a file, grows and
 * is not in it. The heap is bounded, so that garbage nobody has collected yet is not counted.
 */
public final class MemoryBenchmark {
  private static final String CONCEPTS = "upos,xpos,deprel";

  private MemoryBenchmark() {}

  /** Prints a line for N, one for 4 N, and their ratio. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path run = Path.of(arguments[0]).toRealPath();
    List<String> corpus = Files.readAllLines(Path.of(arguments[1]));
    Path work = Files.createTempDirectory("salient-memory-");
    try (EmbeddedKafka broker = EmbeddedKafka.start(work.resolve("broker"), Map.of())) {
      long once = peak(work, run, corpus, 1, broker.bootstrapServers());
      long fourfold = peak(work, run, corpus, 4, broker.bootstrapServers());
      System.out.printf("4 N words take %.2f times the memory of N%n", (double) fourfold / once);
    }
  }

  private static long peak(
      Path work, Path run, List<String> lines, int times, String bootstrapServers)
      throws IOException, InterruptedException {
    Path corpus = work.resolve("corpus-" + times + ".conllu");
    Files.write(corpus, Collections.nCopies(times, lines).stream().flatMap(List::stream).toList());
    Path state = work.resolve("state-" + times);
    String names =
        "-Xmx768m -Dsalient.topics.prefix=m%1$d -Dsalient.extractor.group-id=m%1$d-e -Dsalient.probe.application-id=m%1$d-p -Dsalient.ranking.application-id=m%1$d-r"
            .formatted(times);
    try (WatchOnce process =
        WatchOnce.start(run, corpus, CONCEPTS, bootstrapServers, state, names, "--once")) {
      long bytes = process.peakAnonymousBytes();
      System.out.printf("%d x the corpus: %d MiB of memory of its own%n", times, bytes >> 20);
      return bytes;
    }
  }
}

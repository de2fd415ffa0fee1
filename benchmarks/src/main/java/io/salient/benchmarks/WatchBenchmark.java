package io.salient.benchmarks;

import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.standalone.EmbeddedKafka;
import io.salient.standalone.FolderDeletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a person waits for: {@code benchmarks/run WatchBenchmark RUN_DIR CORPUS}, which is {@code
 * ./salient watch --once} of three concepts with every tier, on a broker beside it. Seconds from
 * the start of the process, for each checkpoint those from its last row on the topic to its last
 * final ranking on the results topic beside the fit's own, and the most memory of its own.
 */
public final class WatchBenchmark {
  private static final List<String> CONCEPTS = List.of("upos", "xpos", "deprel");
  private static final String PREFIX = "watched";

  private final String bootstrapServers;
  private final int checkpoints;
  private final Map<Long, Integer> rowsLeft = new TreeMap<>();
  private final Map<Long, CompletableFuture<Long>> lastRows = new ConcurrentHashMap<>();
  private final Map<Long, Integer> ranked = new TreeMap<>();
  private long start;
  private int extracted;
  private boolean anyRanking;
  private final Set<String> rankings = new HashSet<>();
  private final Set<String> evaluations = new HashSet<>();

  private WatchBenchmark(String bootstrapServers, int checkpoints) {
    this.bootstrapServers = bootstrapServers;
    this.checkpoints = checkpoints;
  }

  /** Prints the table. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path run = Path.of(arguments[0]).toRealPath();
    Path corpus = Path.of(arguments[1]).toRealPath();
    Path work = Files.createTempDirectory("salient-watch-");
    int checkpoints;
    try (Stream<Path> folders = Files.list(run)) {
      checkpoints =
          (int)
              folders
                  .filter(folder -> folder.getFileName().toString().startsWith("checkpoint-"))
                  .count();
    }
    try (EmbeddedKafka broker = EmbeddedKafka.start(work.resolve("broker"), Map.of())) {
      new WatchBenchmark(broker.bootstrapServers(), checkpoints)
          .watch(run, corpus, work.resolve("state"));
    } finally {
      FolderDeletion.delete(work); // gigabytes of a real model's activations
    }
  }

  private void watch(Path run, Path corpus, Path state) throws IOException, InterruptedException {
    Topics topics = new Topics(PREFIX);
    String names =
        "-Dsalient.topics.prefix=%1$s -Dsalient.extractor.group-id=%1$s-extractor -Dsalient.probe.application-id=%1$s-probe -Dsalient.ranking.application-id=%1$s-ranking"
            .formatted(PREFIX);
    start = System.currentTimeMillis();
    try (WatchOnce process =
            WatchOnce.start(
                run, corpus, String.join(",", CONCEPTS), bootstrapServers, state, names, "--once");
        TopicClock activations = new TopicClock(bootstrapServers, topics.activations());
        TopicClock results = new TopicClock(bootstrapServers, topics.results())) {
      CompletableFuture<Void> rows =
          CompletableFuture.runAsync(
              () -> activations.until(this::allRows, this::row), WatchBenchmark::thread);
      CompletableFuture<Void> answers =
          CompletableFuture.runAsync(
              () -> results.until(this::allResults, this::result), WatchBenchmark::thread);
      long peak = process.peakAnonymousBytes();
      rows.join();
      answers.join();
      System.out.printf("memory of its own, at most %d MiB%n", peak >> 20);
    }
  }

  /** Both read at the same time, also where the common pool has one thread. */
  private static void thread(Runnable reader) {
    Thread.ofPlatform().daemon().start(reader);
  }

  private boolean allRows() {
    return extracted == checkpoints;
  }

  private boolean allResults() {
    int all = checkpoints * CONCEPTS.size();
    return rankings.size() == all && evaluations.size() == all;
  }

  private void row(ConsumerRecord<byte[], byte[]> record) {
    SpecificRecord value = TopicSerdes.activations().decode(record.value());
    if (value instanceof ExtractionStarted started) {
      rowsLeft.put(started.getStep(), started.getRows());
    } else if (value instanceof ActivationBlock block
        && rowsLeft.merge(block.getStep(), -block.getRows().size(), Integer::sum) == 0) {
      lastRow(block.getStep()).complete(record.timestamp());
      extracted++;
    }
  }

  /** When the last row of a step was sent. */
  private CompletableFuture<Long> lastRow(long step) {
    return lastRows.computeIfAbsent(step, any -> new CompletableFuture<>());
  }

  private void result(ConsumerRecord<byte[], byte[]> record) {
    SpecificRecord value = TopicSerdes.results().decode(record.value());
    if (value instanceof EarlyWarning early && !anyRanking) {
      anyRanking = true;
      System.out.printf(
          "first ranking  %7.1f s, of %.0f %% of the rows, without a probe%n",
          seconds(System.currentTimeMillis()), 100 * early.getCoverage());
    }
    if (value instanceof SalientNeurons neurons
        && neurons.getReport().getFinal$()
        && rankings.add(neurons.getStep() + "/" + neurons.getConcept())) {
      if (ranked.merge(neurons.getStep(), 1, Integer::sum) == CONCEPTS.size()) {
        told(neurons.getStep(), neurons.getReport().getFitSeconds());
      }
    } else if (value instanceof ProbeEvaluation evaluation
        && evaluations.add(evaluation.getStep() + "/" + evaluation.getConcept())) {
      System.out.printf(
          "step %-6d %s evaluated %7.1f s%n",
          evaluation.getStep(), evaluation.getConcept(), seconds(System.currentTimeMillis()));
    }
  }

  private void told(long step, double fit) {
    long now = System.currentTimeMillis();
    double waited = (now - lastRow(step).join()) / 1e3;
    System.out.printf(
        "step %-6d ranked %7.1f s, %5.1f s after its last row, fit %5.1f s: %.2f times%n",
        step, seconds(now), waited, fit, waited / fit);
  }

  private double seconds(long at) {
    return (at - start) / 1e3;
  }
}

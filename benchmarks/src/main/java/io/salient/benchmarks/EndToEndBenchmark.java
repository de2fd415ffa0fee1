package io.salient.benchmarks;

import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.standalone.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A run from the announcement of its first checkpoint to its last final result, beside each stage
 * alone: {@code benchmarks/run EndToEndBenchmark RUN_DIR CORPUS}.
 *
 * <p>Each stage alone is the same code with its whole input ready: the extraction has nobody who
 * reads on, the probe service gets a copy of the activations, the ranking service a copy of the
 * probes. Provisional fits are off, so that the fits alone do the same work as those of the whole.
 */
public final class EndToEndBenchmark {
  private static final List<String> CONCEPTS = List.of("upos", "xpos", "deprel");

  private final Path work;
  private final Path run;
  private final Path corpus;
  private final String bootstrapServers;
  private final int finals;

  private EndToEndBenchmark(Path work, Path run, Path corpus, String bootstrapServers) {
    this.work = work;
    this.run = run;
    this.corpus = corpus;
    this.bootstrapServers = bootstrapServers;
    this.finals = checkpoints().size() * CONCEPTS.size();
  }

  /** Prints the seconds of the whole and of each stage, and their ratio. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("salient-end-to-end-");
    try (EmbeddedKafka broker = EmbeddedKafka.start(work.resolve("broker"), Map.of())) {
      new EndToEndBenchmark(
              work,
              Path.of(arguments[0]).toRealPath(),
              Path.of(arguments[1]).toRealPath(),
              broker.bootstrapServers())
          .run();
    }
  }

  private void run() throws IOException, InterruptedException {
    double whole = endToEnd();
    double extraction = extraction();
    double probe =
        stage("probe", topics("whole").activations(), topics("probe").activations(), true);
    double ranking = stage("ranking", topics("whole").probes(), topics("ranking").probes(), false);
    double slowest = Math.max(extraction, Math.max(probe, ranking));
    System.out.printf("%d checkpoints, concepts %s%n", checkpoints().size(), CONCEPTS);
    System.out.printf("end to end        %6.1f s%n", whole);
    System.out.printf("extraction alone  %6.1f s%n", extraction);
    System.out.printf("probe alone       %6.1f s%n", probe);
    System.out.printf("ranking alone     %6.1f s%n", ranking);
    System.out.printf("end to end takes %.2f times the slowest stage%n", whole / slowest);
  }

  private double endToEnd() throws IOException, InterruptedException {
    try (WatchOnce process = start("whole", run, "--once");
        TopicClock announcements = new TopicClock(bootstrapServers, topics("whole").checkpoints());
        TopicClock results = new TopicClock(bootstrapServers, topics("whole").results())) {
      long begin = announcements.when(record -> Optional.of("any"), 1);
      long end = results.when(EndToEndBenchmark::finalRanking, finals);
      process.awaitEnd();
      return (end - begin) / 1e9;
    }
  }

  private double extraction() {
    long begin = System.nanoTime();
    for (Path checkpoint : checkpoints()) {
      ExtractedWords.of(checkpoint, corpus, CONCEPTS);
    }
    return Seconds.since(begin);
  }

  @SuppressWarnings("try") // the process has only to live meanwhile
  private double stage(String name, String from, String to, boolean probes) throws IOException {
    List<ConsumerRecord<byte[], byte[]>> input;
    try (TopicClock source = new TopicClock(bootstrapServers, from)) {
      input = source.all();
    }
    Path nothing = Files.createDirectories(work.resolve(name).resolve(run.getFileName()));
    try (WatchOnce process = start(name, nothing);
        TopicClock target = new TopicClock(bootstrapServers, to);
        TopicClock output =
            new TopicClock(
                bootstrapServers, probes ? topics(name).probes() : topics(name).results())) {
      long begin = System.nanoTime();
      target.copy(input, to);
      long end =
          output.when(
              probes ? EndToEndBenchmark::finalReport : EndToEndBenchmark::finalRanking, finals);
      return (end - begin) / 1e9;
    }
  }

  private WatchOnce start(String name, Path runFolder, String... more) throws IOException {
    String settings =
        "-Dsalient.topics.prefix=%1$s -Dsalient.extractor.group-id=%1$s-extractor -Dsalient.probe.application-id=%1$s-probe -Dsalient.ranking.application-id=%1$s-ranking -Dsalient.probe.provisional-coverages="
            .formatted(name);
    return WatchOnce.start(
        runFolder,
        corpus,
        String.join(",", CONCEPTS),
        bootstrapServers,
        work.resolve("state-" + name),
        settings,
        more);
  }

  private List<Path> checkpoints() {
    try (Stream<Path> folders = Files.list(run)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith("checkpoint-"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Topics topics(String name) {
    return new Topics(name);
  }

  private static Optional<String> finalRanking(ConsumerRecord<byte[], byte[]> record) {
    SpecificRecord value = TopicSerdes.results().decode(record.value());
    return value instanceof SalientNeurons neurons && neurons.getReport().getFinal$()
        ? Optional.of(new String(record.key(), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static Optional<String> finalReport(ConsumerRecord<byte[], byte[]> record) {
    SpecificRecord value = TopicSerdes.probes().decode(record.value());
    return value instanceof ProbeReport report && report.getFinal$() && report.getReplicate() == 0
        ? Optional.of(report.getConcept() + "/" + report.getStep())
        : Optional.empty();
  }
}

package io.salient.benchmarks;

import io.salient.standalone.EmbeddedKafka;
import io.salient.standalone.FolderDeletion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * 150 listeners of a ranking service, alone and beside 50 who never read: {@code benchmarks/run
 * StreamBenchmark [SECONDS]}. Ten new rankings a second go to a real broker; half of those who read
 * listen to all results in full, half to what the page listens to. Printed are the time from a
 * record's sending to its arrival, and the service's memory.
 */
public final class StreamBenchmark {
  private static final int READING = 150;
  private static final int DEAF = 50;
  private static final int CONCEPTS = 10;
  private static final int CHECKPOINTS = 20;
  private static final int PAUSE_MILLIS = 100;
  private static final String HEAP = "256m";
  private static final Pattern ACCURACY = Pattern.compile("\"accuracy\":(0\\.\\d+)");
  private static final double ONE = 1e-6; // a record's number is in its accuracy
  private static final double NONE = 0.5;

  private final RankingProcess service;
  private final ManyResults results;
  private final int records;
  private final AtomicLongArray sent;
  private int told;

  private StreamBenchmark(RankingProcess service, ManyResults results, int records) {
    this.service = service;
    this.results = results;
    this.records = records;
    this.sent = new AtomicLongArray(4 * records + 1);
  }

  /** Prints both, and the first once more. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
    Path work = Files.createTempDirectory("salient-stream-");
    try (EmbeddedKafka broker = EmbeddedKafka.start(work.resolve("broker"), Map.of());
        RankingProcess service =
            RankingProcess.start(work, broker.bootstrapServers(), HEAP, Map.of());
        ManyResults results = new ManyResults(broker.bootstrapServers())) {
      results.tell(0, CHECKPOINTS, CONCEPTS);
      StreamBenchmark benchmark =
          new StreamBenchmark(service, results, seconds * 1_000 / PAUSE_MILLIS);
      System.out.printf("a heap of %s, %s%n", HEAP, results.told());
      benchmark.round("warming up", 0);
      benchmark.round("150 who read", 0);
      benchmark.round("beside 50 who never do", DEAF);
      benchmark.round("150 who read, again", 0);
    } finally {
      FolderDeletion.delete(work);
    }
  }

  private void round(String name, int deaf) throws IOException, InterruptedException {
    Latencies full = new Latencies();
    Latencies page = new Latencies();
    List<StreamClient> clients = new ArrayList<>();
    String position =
        service
            .get("api/overview/" + ManyResults.run(0))
            .replaceAll("(?s).*?\"position\":\"([^\"]+)\".*", "$1");
    try {
      URI address = service.address();
      for (int i = 0; i < READING; i++) {
        boolean ofPage = i % 2 == 0;
        clients.add(
            StreamClient.reading(
                address,
                (ofPage ? "api/stream/overview?after=" : "api/stream?top=100&after=") + position,
                arrival(ofPage ? page : full)));
      }
      for (int i = 0; i < deaf; i++) {
        clients.add(StreamClient.deaf(address, "api/stream?top=100&after=" + position));
      }
      send();
      System.out.printf("%s%n  full      %s%n  the page  %s%n", name, full, page);
      System.out.printf(
          "  in use of the heap %d MiB, resident %d MiB; coalesced so far: %s%n",
          service.liveHeapBytes() >> 20, service.residentBytes() >> 20, coalesced());
    } finally {
      clients.forEach(StreamClient::close);
    }
  }

  private void send() throws InterruptedException {
    for (int i = 0; i < records; i++) {
      int number = told++;
      sent.set(number, System.nanoTime());
      results.ranking(
          ManyResults.run(0),
          ManyResults.concept(number % CONCEPTS),
          ManyResults.step(CHECKPOINTS - 1),
          NONE + number * ONE);
      Thread.sleep(PAUSE_MILLIS);
    }
    Thread.sleep(10L * PAUSE_MILLIS); // for the last ones to arrive
  }

  private Consumer<String> arrival(Latencies latencies) {
    return data -> {
      long now = System.nanoTime();
      Matcher accuracy = ACCURACY.matcher(data);
      if (accuracy.find()) {
        int number = (int) Math.round((Double.parseDouble(accuracy.group(1)) - NONE) / ONE);
        latencies.add((now - sent.get(number)) / 1e6);
      }
    };
  }

  private String coalesced() throws IOException, InterruptedException {
    return service
        .get("q/metrics")
        .lines()
        .filter(line -> line.startsWith("salient_ranking_stream_coalesced"))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .findFirst()
        .orElse("unknown");
  }
}

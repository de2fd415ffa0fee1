package io.salient.standalone.system;

import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.standalone.demo.DemoCorpus;
import io.salient.standalone.demo.TinyFineTuning;
import io.salient.standalone.report.RecordedResults;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes {@code src/test/resources/report/demo-results.avro}: trains the demo's model, ranks its
 * checkpoints with the packaged application, and keeps what is on the results topic. Run from
 * {@code standalone/} after {@code package}; needed only when the renderer wants fields that the
 * file does not have yet.
 */
final class RecordReportResults {
  private static final Path FILE = Path.of("src/test/resources/report/demo-results.avro");
  private static final long SEED = 7;

  private RecordReportResults() {}

  /** Takes no argument. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("salient-record-");
    Path run = Files.createDirectories(folder.resolve(RecordedResults.RUN));
    Path corpus = folder.resolve("demo.conllu");
    DemoCorpus.write(corpus, 400, SEED + 1_000);
    new TinyFineTuning(run, SEED, List.of(0L, 60L, 240L), 0, line -> {}).run();
    try (TestBroker broker = TestBroker.start();
        SalientProcess process =
            SalientProcess.start(
                folder,
                Map.of("salient.probe.splits", "5", "salient.ranking.top", "30"),
                "report",
                run.toString(),
                "--corpus",
                corpus.toString(),
                "--concepts",
                "upos,misc:Sem",
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--state-dir",
                folder.resolve("state").toString(),
                "--output",
                folder.resolve("report").toString())) {
      if (process.exitCode(Duration.ofMinutes(9)) != 0) {
        throw new IllegalStateException(process.errors());
      }
      try (TopicJudge judge =
              new TopicJudge(broker.bootstrapServers(), new Topics("salient").results());
          OutputStream out =
              Files.newOutputStream(
                  Files.createDirectories(FILE.getParent()).resolve(FILE.getFileName()))) {
        RecordedResults.write(new TreeMap<>(judge.latest(TopicSerdes.results())).values(), out);
      }
    }
  }
}

package io.salient.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.standalone.report.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./salient report} from checkpoints to the page, and again from what is on Kafka. */
class ReportIT {
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  /** Figures are asked about here, not optima. */
  private static final Map<String, String> SHORT_FITS =
      Map.of("salient.probe.tolerance", "0.02", "salient.probe.splits", "3");

  @TempDir Path folder;

  @Test
  void shouldReportARunAndDrawItAgainFromWhatIsOnKafka() throws IOException {
    // given
    SmallRun run = SmallRun.copyTo(folder, 0, 500);
    try (TestBroker broker = TestBroker.start()) {
      Path first = folder.resolve("first");
      Path second = folder.resolve("second");

      // when
      report(0, run, broker, first, "upos");
      String complaint = report(1, run, broker, second, "upos,xpos");

      // then
      ReportPage page = ReportPage.read(first.resolve("report.html"));
      assertThat(page.text())
          .contains("Salient neurons of small-run", "Verdict at step 500: ", "dev-small.conllu")
          .doesNotContain("These results are partial.", "not asked for;", "not compared");
      for (String title :
          List.of(
              "Accuracy over training steps",
              "Ablation at step 0 (baseline)",
              "Ablation at step 500",
              "Layers of the most salient neurons",
              "Accuracy of probes that see one layer",
              "Neurons per label",
              "Agreement beyond noise",
              "Distance moved through the layers")) {
        assertThat(page.drawing(title)).as(title).isNotNull();
      }
      assertThat(complaint).contains("ranked before, for upos only, not for xpos");
      for (String file : List.of("steps.csv", "drift.csv", "sentences.csv", "ablation.csv")) {
        assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        assertThat(Files.readAllLines(first.resolve(file))).hasSizeGreaterThan(1);
      }
    }
  }

  @Test
  void shouldExitWithOneAndLeaveNoPageWhenNothingCanBeRanked() throws IOException {
    // given: weights that are code
    SmallRun run = SmallRun.copyTo(folder, 0);
    Path checkpoint = run.folder().resolve("checkpoint-0");
    Files.writeString(checkpoint.resolve("model.safetensors"), "no tensors at all");
    Path output = folder.resolve("report");

    // when
    try (SalientProcess process =
        SalientProcess.start(
            folder,
            SHORT_FITS,
            "report",
            run.folder().toString(),
            "--corpus",
            run.corpus().toString(),
            "--output",
            output.toString())) {
      // then
      assertThat(process.exitCode(PATIENCE)).as(process::errors).isEqualTo(1);
      assertThat(process.errors().lines().filter(line -> line.startsWith("salient: "))).hasSize(1);
      assertThat(output.resolve("report.html")).doesNotExist();
    }
  }

  private String report(
      int exitCode, SmallRun run, TestBroker broker, Path output, String concepts) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("report", run.folder().toString()));
    arguments.addAll(List.of("--corpus", run.corpus().toString(), "--concepts", concepts));
    arguments.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    arguments.addAll(List.of("--state-dir", folder.resolve("state").toString()));
    arguments.addAll(List.of("--output", output.toString()));
    String[] all = arguments.toArray(String[]::new);
    try (SalientProcess process = SalientProcess.start(folder, SHORT_FITS, all)) {
      assertThat(process.exitCode(PATIENCE))
          .as("%s: %s", Arrays.toString(all), process.errors())
          .isEqualTo(exitCode);
      assertThat(process.output()).contains(output.resolve("report.html").toString());
      return process.errors();
    }
  }
}

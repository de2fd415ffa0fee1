package io.salient.standalone.command;

import io.salient.ranking.live.ResultStream;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.standalone.Standalone;
import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands that answer once about one checkpoint have in common. */
final class CheckpointQuestion {
  @Parameters(
      paramLabel = "CHECKPOINT",
      description = "A checkpoint folder, or a file of activations from NeuroX (.hdf5, .json).")
  private Path checkpoint;

  @Mixin private CorpusOptions corpus;
  @Mixin private ModelOptions model;
  @Mixin private UntrainedOptions untrained;

  @Option(
      names = "--format",
      paramLabel = "table|json|csv",
      description = "How the answer is printed. Default: table.")
  private OutputFormat format = OutputFormat.TABLE;

  /** Makes the answer of what was found. */
  @FunctionalInterface
  interface Answer {
    /** Prints it and returns the steps that it has nothing to say of, with the reason. */
    Map<Long, String> print(Found found, OutputFormat format, PrintStream out);
  }

  /**
   * A ranked checkpoint.
   *
   * @param results that hold it
   * @param run what its run is called
   * @param step its step
   */
  record Found(ResultStream results, String run, long step) {
    /** The rankings, one per concept, by name. */
    List<SalientNeurons> neurons() {
      return results.run(run).orElseThrow().concepts().stream()
          .flatMap(concept -> results.neurons(run, concept, step).stream())
          .toList();
    }

    /** The step with the reason, when nothing of it is ranked; else nothing. */
    Map<Long, String> unranked() {
      return NothingRanked.in(results, run, List.of(step));
    }
  }

  /**
   * Starts the services, ranks the checkpoint and prints the answer.
   *
   * @param options settings by key, beside those of checkpoint and corpus
   * @param top how many neurons results list
   * @param tiers after the ranking that the answer tells of
   */
  int ask(Settings options, int top, Set<String> tiers, Answer answer) throws IOException {
    Path source = OneShot.source(checkpoint);
    Settings settings = OneShot.settings(List.of(source), top);
    corpus.addTo(settings);
    model.addTo(settings);
    untrained.addTo(settings);
    settings.put(Setting.TIERS, "final," + String.join(",", tiers));
    settings.putAll(options);
    ExtractorInput.require(settings, List.of(source));
    return Standalone.run(
        settings,
        null,
        null,
        services -> {
          String run = OneShot.run(source);
          long step = OneShot.step(source);
          OneShot.rank(services, run, step, source, true, tiers);
          Found found = new Found(services.results(), run, step);
          return OnceEnd.of(answer.print(found, format, System.out));
        });
  }
}

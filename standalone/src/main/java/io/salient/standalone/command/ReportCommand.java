package io.salient.standalone.command;

import io.salient.extractor.corpus.ConceptNames;
import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.RunResults;
import io.salient.standalone.Standalone.Services;
import io.salient.standalone.report.RunReport;
import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Ranks every checkpoint of a run folder and writes the results as a page with figures. */
@Command(
    name = "report",
    description =
        "Ranks every checkpoint of a training run with all evaluations and writes one HTML page"
            + " with figures, which needs no internet, and the numbers behind it as CSV.",
    mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
  @Mixin private RunOptions run;
  @Mixin private CorpusOptions corpus;
  @Mixin private ModelOptions model;
  @Mixin private ProbeOptions probe;
  @Mixin private BrokerOptions broker;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "Where the report is written. Default: <run>-report.")
  private Path output;

  @Option(
      names = "--lca-run",
      paramLabel = "NAME",
      description =
          "A run of the same checkpoints on the same Kafka that was ranked with --method lca: the"
              + " paper's findings are shown by it.")
  private String lcaRun;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (lcaRun != null && !broker.lasts()) {
      throw new ParameterException(
          spec.commandLine(),
          "--lca-run: with --state-dir or --bootstrap-servers, where that run was ranked before");
    }
    WatchedFolder folder = run.folder();
    Map<Long, Path> steps = folder.checkpoints();
    Path target = output == null ? Path.of(folder.run() + "-report") : output;
    Settings settings = OneShot.silent(folder.settings());
    settings.put(Setting.EVALUATIONS, "full");
    corpus.addTo(settings);
    model.addTo(settings);
    probe.addTo(settings);
    ExtractorInput.require(settings, List.of());
    Files.createDirectories(target); // a place that cannot be written is told before the work
    return broker.run(settings, services -> report(services, folder.run(), steps, target));
  }

  private int report(Services services, String name, Map<Long, Path> steps, Path target)
      throws IOException, InterruptedException {
    Map<Long, String> failures =
        new RunWatch(services, name, RunWatch.ALL).tabled().untilRanked(steps);
    RunResults results = new ComparedResults(services.results(), name).await();
    if (results.concepts().isEmpty()) {
      return OnceEnd.of(failures);
    }
    System.out.println(
        lcaRun == null
            ? RunReport.write(results, target)
            : RunReport.write(results, byPaper(services), target));
    return failures.isEmpty() ? missing(results) : OnceEnd.of(failures);
  }

  private RunResults byPaper(Services services) throws InterruptedException {
    RunResults byPaper = new ComparedResults(services.results(), lcaRun).await();
    if (byPaper.concepts().isEmpty()) {
      throw new IllegalArgumentException(
          "run %s has no results there: rank it first, as with report --run %s --method lca"
              .formatted(lcaRun, lcaRun));
    }
    return byPaper;
  }

  /** On a Kafka with results of this run, those are shown, and they may be of other concepts. */
  private int missing(RunResults results) {
    List<String> there = results.concepts().stream().map(ConceptResults::concept).toList();
    List<String> missing =
        corpus.concepts().stream()
            .map(ConceptNames::inResults)
            .filter(concept -> !there.contains(concept))
            .toList();
    if (missing.isEmpty()) {
      return 0;
    }
    System.err.printf(
        "salient: run %s was ranked before, for %s only, not for %s: give another --run%n",
        results.run(), String.join(", ", there), String.join(", ", missing));
    return 1;
  }
}

package io.salient.standalone.report;

import io.salient.lca.ranking.RankingMethod;
import io.salient.ranking.table.ResultTables;
import io.salient.ranking.table.Table;
import io.salient.ranking.table.TableCsv;
import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.RunResults;
import io.salient.ranking.view.StepView;
import io.salient.standalone.report.page.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what is known of a run as one page and the tables behind it. */
public final class RunReport {
  /** Name of the page in its folder. */
  public static final String PAGE = "report.html";

  private RunReport() {}

  /**
   * Writes it, over an earlier report in the same folder; other files are left alone.
   *
   * @param results with at least one concept
   * @param folder made when it is not there
   * @return the page
   * @throws IOException when the folder cannot be made or written to, naming it
   */
  public static Path write(RunResults results, Path folder) throws IOException {
    return write(results, new RunResults(results.run(), List.of(), List.of()), folder);
  }

  /**
   * The same with the paper's findings by its own rule.
   *
   * @param byPaper of the same checkpoints, ranked by lca
   * @throws IllegalArgumentException when they are of others, or ranked by another method
   */
  public static Path write(RunResults results, RunResults byPaper, Path folder) throws IOException {
    byPaper.concepts().forEach(paper -> requireSame(results, paper, byPaper.run()));
    if (results.concepts().isEmpty()) {
      throw new IllegalArgumentException("run " + results.run() + " has no result to report");
    }
    Files.createDirectories(folder);
    List<Table> tables = ResultTables.of(results.concepts());
    try {
      for (Table table : tables) {
        // Half a surrogate pair becomes a question mark here, where writeString would throw.
        Files.write(
            folder.resolve(table.name() + ".csv"),
            TableCsv.of(table).getBytes(StandardCharsets.UTF_8));
      }
      return Files.writeString(folder.resolve(PAGE), Page.of(results, byPaper, tables));
    } catch (IOException e) { // a full disk is told without a name
      throw new IOException(folder + " holds only a part of the report: " + e.getMessage(), e);
    }
  }

  private static void requireSame(RunResults results, ConceptResults paper, String run) {
    StepView last = paper.last();
    if (RankingMethod.of(last.probe().method()) != RankingMethod.LCA) {
      throw new IllegalArgumentException(
          "run %s is ranked by %s, not by lca: rank it with --method lca, or leave --lca-run out"
              .formatted(run, last.probe().method()));
    }
    results
        .concept(paper.concept())
        .map(ConceptResults::last)
        .filter(own -> !own.checkpointId().equals(last.checkpointId()))
        .ifPresent(
            own -> {
              throw new IllegalArgumentException(
                  "run %s ends with another checkpoint (step %d, %s) than run %s (step %d, %s): give --lca-run a run of the same checkpoints"
                      .formatted(
                          run,
                          last.step(),
                          last.checkpointId(),
                          results.run(),
                          own.step(),
                          own.checkpointId()));
            });
  }
}

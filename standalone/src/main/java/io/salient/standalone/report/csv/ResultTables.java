package io.salient.standalone.report.csv;

import io.salient.ranking.view.RunResults;
import java.util.List;
import java.util.stream.Stream;

/** All tables of a run. */
public final class ResultTables {
  private ResultTables() {}

  /** The tables, those with no row too: that a file is empty says that nothing was measured. */
  public static List<CsvTable> of(RunResults results) {
    return Stream.of(ProbeTables.of(results), EvaluationTables.of(results), DriftTables.of(results))
        .flatMap(List::stream)
        .toList();
  }
}

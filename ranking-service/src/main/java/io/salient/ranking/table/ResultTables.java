package io.salient.ranking.table;

import io.salient.ranking.view.ConceptResults;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tables of all that is known of concepts over the steps of a run, as the report writes them;
 * docs/report.md describes every column.
 */
public final class ResultTables {
  private static final List<Function<List<ConceptResults>, List<Table>>> ALL =
      List.of(ProbeTables::of, EvaluationTables::of, DriftTables::of);

  private ResultTables() {}

  /** The tables, those with no row too: that one is empty says that nothing was measured. */
  public static List<Table> of(List<ConceptResults> concepts) {
    return ALL.stream().flatMap(part -> part.apply(concepts).stream()).toList();
  }

  /** Names of all tables. */
  public static List<String> names() {
    return of(List.of()).stream().map(Table::name).toList();
  }

  /** One table of one concept; empty where there is none of this name. */
  public static Optional<Table> of(String name, ConceptResults concept) {
    return ALL.stream()
        .filter(part -> part.apply(List.of()).stream().anyMatch(table -> is(table, name)))
        .flatMap(part -> part.apply(List.of(concept)).stream())
        .filter(table -> is(table, name))
        .findFirst();
  }

  private static boolean is(Table table, String name) {
    return table.name().equals(name);
  }
}

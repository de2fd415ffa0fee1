package io.salient.standalone.report;

import io.salient.ranking.view.RunResults;
import io.salient.standalone.report.csv.CsvTable;
import io.salient.standalone.report.csv.ResultTables;
import io.salient.standalone.report.page.Page;
import java.io.IOException;
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
    if (results.concepts().isEmpty()) {
      throw new IllegalArgumentException("run " + results.run() + " has no result to report");
    }
    Files.createDirectories(folder);
    List<CsvTable> tables = ResultTables.of(results);
    try {
      for (CsvTable table : tables) {
        table.writeTo(folder);
      }
      return Files.writeString(folder.resolve(PAGE), Page.of(results, tables));
    } catch (IOException e) { // a full disk is told without a name
      throw new IOException(folder + " holds only a part of the report: " + e.getMessage(), e);
    }
  }
}

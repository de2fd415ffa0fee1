package io.salient.ranking.api;

import io.salient.ranking.live.ResultStream;
import io.salient.ranking.parquet.ParquetFile;
import io.salient.ranking.settings.RankingSettings;
import io.salient.ranking.table.ResultTables;
import io.salient.ranking.table.Table;
import io.salient.ranking.table.TableView;
import io.salient.ranking.view.ConceptResults;
import io.salient.security.http.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One concept over the steps of a run, as the tables of the report. */
@Path("/api/runs/{run}/concepts/{concept}/tables/{table}")
@Revalidated(byRun = true)
@Tag(name = "results")
public class TableResource {
  private final ResultStream results;
  private final KnownResults known;

  /** Answers from the view of the results topic. */
  public TableResource(ResultStream results) {
    this.results = results;
    this.known = new KnownResults(results);
  }

  /** All rows of one table. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Format.CSV_TYPE, ParquetFile.MEDIA_TYPE})
  @Operation(
      summary = "A table of one concept over the steps of a run: accuracies, labels, drift ..",
      description =
          "Tables and columns are those of the report (docs/report.md), such as steps, labels,"
              + " neurons, drift, label_drift. As CSV or Parquet by format or Accept.")
  @APIResponse(
      responseCode = "200",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = TableView.class)),
        @Content(mediaType = Format.CSV_TYPE, schema = @Schema(implementation = String.class)),
        @Content(
            mediaType = ParquetFile.MEDIA_TYPE,
            schema = @Schema(type = SchemaType.STRING, format = "binary"))
      })
  @APIResponse(responseCode = "400", description = "A parameter that is out of range")
  @APIResponse(responseCode = "404", description = "No such run, concept or table")
  public Response table(
      @PathParam("run") String run,
      @PathParam("concept") String concept,
      @PathParam("table") String table,
      @QueryParam("format") String format,
      @Context HttpHeaders headers) {
    Format as = Parameters.format(format, headers);
    ConceptResults found =
        ConceptResults.of(
            known.steps(run, concept),
            results.drift(run, concept),
            results.alarm(run, concept),
            RankingSettings.MAX_TOP);
    Table made = ResultTables.of(table, found).orElseThrow(() -> noSuchTable(table));
    return as.answer(() -> TableView.of(made), () -> made);
  }

  private static ProblemException noSuchTable(String name) {
    return new ProblemException(
        ProblemCode.NO_SUCH_TABLE,
        "There is no table %s: tables are %s.".formatted(name, ResultTables.names()));
  }
}

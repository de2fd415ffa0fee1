package io.salient.ranking.api;

import io.salient.ranking.live.ResultStream;
import io.salient.ranking.parquet.ParquetFile;
import io.salient.ranking.settings.RankingSettings;
import io.salient.ranking.table.ListTables;
import io.salient.ranking.table.RankingTable;
import io.salient.ranking.view.NeuronQuery;
import io.salient.ranking.view.NeuronRanks;
import io.salient.ranking.view.NeuronTable;
import io.salient.ranking.view.NeuronTables;
import io.salient.ranking.view.RankView;
import io.salient.ranking.view.StepView;
import io.salient.schemas.avro.DriftAgainst;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.SalientNeurons;
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

/** One concept at one checkpoint. */
@Path("/api/runs/{run}/concepts/{concept}/steps/{step}")
@Revalidated(byRun = true)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "results")
public class StepResource {
  private static final int BUMPS = 20;
  private static final int MOST_BUMPS = 100;

  private final ResultStream results;
  private final KnownResults known;
  private final RankingSettings settings;

  /** Answers from the view of the results topic. */
  public StepResource(ResultStream results, RankingSettings settings) {
    this.results = results;
    this.known = new KnownResults(results);
    this.settings = settings;
  }

  /** Everything of it. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Format.CSV_TYPE, ParquetFile.MEDIA_TYPE})
  @Operation(
      summary = "The salient neurons of one concept at one checkpoint, and their drift",
      description = "As CSV or Parquet by format or Accept.")
  @APIResponse(
      responseCode = "200",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = StepView.class)),
        @Content(mediaType = Format.CSV_TYPE, schema = @Schema(implementation = String.class)),
        @Content(
            mediaType = ParquetFile.MEDIA_TYPE,
            schema = @Schema(type = SchemaType.STRING, format = "binary"))
      })
  @APIResponse(responseCode = "400", description = "A parameter that is out of range")
  @APIResponse(responseCode = "404", description = "No such run, concept or step")
  public Response step(
      @PathParam("run") String run,
      @PathParam("concept") String concept,
      @PathParam("step") String step,
      @QueryParam("top") String top,
      @QueryParam("format") String format,
      @Context HttpHeaders headers) {
    int first = Parameters.top(top, settings.top());
    Format as = Parameters.format(format, headers);
    SalientNeurons ranked = known.step(run, concept, step);
    return as.answer(
        () -> StepView.of(ranked, results.drift(run, concept, ranked.getStep()), first),
        () -> RankingTable.of(RankView.Concept.of(ranked, first)));
  }

  /** Its neurons, page by page. */
  @GET
  @Path("neurons")
  @Produces({MediaType.APPLICATION_JSON, Format.CSV_TYPE, ParquetFile.MEDIA_TYPE})
  @Operation(
      summary = "Neurons over all labels or of one label, beside the baseline, page by page",
      description =
          "search: 3:17 a neuron, 3: a layer, :17 a unit, anything else part of a label or a word."
              + " order: rank, place or moved. As CSV or Parquet by format or Accept.")
  @APIResponse(
      responseCode = "200",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = NeuronTable.class)),
        @Content(mediaType = Format.CSV_TYPE, schema = @Schema(implementation = String.class)),
        @Content(
            mediaType = ParquetFile.MEDIA_TYPE,
            schema = @Schema(type = SchemaType.STRING, format = "binary"))
      })
  @APIResponse(responseCode = "400", description = "A parameter that is out of range")
  @APIResponse(responseCode = "404", description = "No such run, concept, step or label")
  public Response neurons(
      @PathParam("run") String run,
      @PathParam("concept") String concept,
      @PathParam("step") String step,
      @QueryParam("label") String label,
      @QueryParam("search") String search,
      @QueryParam("order") String order,
      @QueryParam("offset") String offset,
      @QueryParam("limit") String limit,
      @QueryParam("format") String format,
      @Context HttpHeaders headers) {
    Format as = Parameters.format(format, headers);
    NeuronQuery query =
        new NeuronQuery(
            Parameters.search(search),
            Parameters.order(order),
            offset == null ? 0 : Parameters.number("offset", offset, 0, Integer.MAX_VALUE),
            limit == null
                ? settings.top()
                : Parameters.number("limit", limit, 1, RankingSettings.MAX_TOP));
    SalientNeurons ranked = known.step(run, concept, step);
    NeuronTable table =
        tables(ranked)
            .table(Parameters.label(label), query)
            .orElseThrow(() -> noSuchLabel(ranked, label));
    return as.answer(() -> table, () -> ListTables.of(table));
  }

  /** Ranks of its first neurons over the steps of the run. */
  @GET
  @Path("ranks")
  @Produces({MediaType.APPLICATION_JSON, Format.CSV_TYPE, ParquetFile.MEDIA_TYPE})
  @Operation(
      summary = "Ranks of the first neurons of this step at every step of the run",
      description = "As CSV or Parquet by format or Accept.")
  @APIResponse(
      responseCode = "200",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = NeuronRanks.class)),
        @Content(mediaType = Format.CSV_TYPE, schema = @Schema(implementation = String.class)),
        @Content(
            mediaType = ParquetFile.MEDIA_TYPE,
            schema = @Schema(type = SchemaType.STRING, format = "binary"))
      })
  @APIResponse(responseCode = "400", description = "A parameter that is out of range")
  @APIResponse(responseCode = "404", description = "No such run, concept, step or label")
  public Response ranks(
      @PathParam("run") String run,
      @PathParam("concept") String concept,
      @PathParam("step") String step,
      @QueryParam("label") String label,
      @QueryParam("top") String top,
      @QueryParam("format") String format,
      @Context HttpHeaders headers) {
    Format as = Parameters.format(format, headers);
    int first = top == null ? BUMPS : Parameters.number("top", top, 1, MOST_BUMPS);
    SalientNeurons ranked = known.step(run, concept, step);
    NeuronRanks ranks =
        NeuronRanks.of(known.steps(run, concept), ranked, Parameters.label(label), first)
            .orElseThrow(() -> noSuchLabel(ranked, label));
    return as.answer(() -> ranks, () -> ListTables.of(ranks));
  }

  private NeuronTables tables(SalientNeurons ranked) {
    String run = ranked.getRun();
    NeuronDrift drift =
        results.drift(run, ranked.getConcept(), ranked.getStep()).stream()
            .filter(one -> one.getAgainst() == DriftAgainst.BASELINE)
            .findFirst()
            .orElse(null);
    return new NeuronTables(
        ranked,
        known.baseline(run, ranked.getConcept()).orElse(null),
        drift,
        results.clusters(run, ranked.getStep()).orElse(null),
        results.textShown());
  }

  private static ProblemException noSuchLabel(SalientNeurons ranked, String label) {
    return new ProblemException(
        ProblemCode.NO_SUCH_LABEL,
        String.format(
            "%s has no label %s at step %d; the ranking lists its labels.",
            ranked.getConcept(), label, ranked.getStep()));
  }
}

package io.salient.ranking.api;

import io.salient.ranking.settings.RankingSettings;
import io.salient.ranking.view.CompareView;
import io.salient.ranking.view.SeedsView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Any two rankings, compared on request. */
@Path("/api/compare")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "results")
public class CompareResource {
  private final Comparisons comparisons;
  private final RankingSettings settings;

  /** Compares what is kept. */
  public CompareResource(Comparisons comparisons, RankingSettings settings) {
    this.comparisons = comparisons;
    this.settings = settings;
  }

  /** Compares step A of run A with step B of run B; runB is runA when left out. */
  @GET
  @Operation(summary = "Compares any two rankings of one concept, of one run or of two")
  @APIResponse(responseCode = "200")
  @APIResponse(
      responseCode = "400",
      description = "A parameter that is missing or out of range, or two that cannot be compared")
  @APIResponse(responseCode = "404", description = "One of the two is not ranked")
  public CompareView compare(
      @QueryParam("runA") String runA,
      @QueryParam("stepA") String stepA,
      @QueryParam("runB") String runB,
      @QueryParam("stepB") String stepB,
      @QueryParam("concept") String concept,
      @QueryParam("top") String top) {
    return comparisons.compare(
        Parameters.name("runA", runA),
        Parameters.step("stepA", stepA),
        Parameters.name("runB", runB == null ? runA : runB),
        Parameters.step("stepB", stepB),
        Parameters.name("concept", concept),
        Parameters.top(top, settings.top()));
  }

  /** Compares runs, separated by commas, that set out from one baseline. */
  @GET
  @Path("seeds")
  @Operation(
      summary = "What several trainings from one baseline have in common, in one concept",
      description =
          "Runs separated by commas, each at the given step, or at the last that all have. Limits"
              + " take three runs or more.")
  @APIResponse(responseCode = "200")
  @APIResponse(
      responseCode = "400",
      description =
          "A parameter that is missing or out of range, or runs that set out from different weights"
              + " or cannot be compared otherwise")
  @APIResponse(responseCode = "404", description = "One of them is not ranked")
  public SeedsView seeds(
      @QueryParam("runs") String runs,
      @QueryParam("concept") String concept,
      @QueryParam("step") String step) {
    return comparisons.seeds(
        Parameters.runs(runs),
        Parameters.name("concept", concept),
        step == null ? OptionalLong.empty() : OptionalLong.of(Parameters.step("step", step)));
  }
}

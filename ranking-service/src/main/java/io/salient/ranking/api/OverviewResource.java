package io.salient.ranking.api;

import io.salient.ranking.live.ResultStream;
import io.salient.ranking.view.RunOverview;
import io.salient.security.access.Access;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a person who watches asks first, in one answer per run. */
@Path("/api/overview")
@Revalidated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "results")
public class OverviewResource {
  private final ResultStream results;
  private final Access access;

  /** Answers from the view of the results topic. */
  public OverviewResource(ResultStream results, Access access) {
    this.results = results;
    this.access = access;
  }

  /** Every run that may be seen in short, by name. */
  @GET
  @Operation(summary = "Every run in short")
  public List<RunOverview.Summary> runs() {
    Predicate<String> seen = access.runs();
    return results.summaries().stream().filter(run -> seen.test(run.run())).toList();
  }

  /** One run in short. */
  @GET
  @Path("{run}")
  @Operation(
      summary = "One run in short: its checkpoints, and a row of figures over steps per concept",
      description = "GET /api/stream/overview?after=POSITION tells what changes from there on.")
  @APIResponse(responseCode = "200")
  @APIResponse(responseCode = "404", description = "No such run")
  public RunOverview run(@PathParam("run") String run) {
    return results
        .overview(Parameters.name("run", run))
        .orElseThrow(() -> KnownResults.unknownRun(run));
  }
}

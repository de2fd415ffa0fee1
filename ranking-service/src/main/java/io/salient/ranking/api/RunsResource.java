package io.salient.ranking.api;

import io.salient.ranking.live.ResultStream;
import io.salient.ranking.settings.RankingSettings;
import io.salient.ranking.view.AlarmView;
import io.salient.ranking.view.ClustersView;
import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.ConceptView;
import io.salient.ranking.view.EarlyWarningView;
import io.salient.ranking.view.RankCsv;
import io.salient.ranking.view.RankView;
import io.salient.ranking.view.RunView;
import io.salient.ranking.view.StepView;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.security.access.Access;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Runs, their checkpoints, and what was found in them. */
@Path("/api/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "results")
@OpenAPIDefinition(
    info =
        @Info(
            title = "Salient",
            version = "1",
            description = "Salient neurons and their drift, checkpoint by checkpoint."))
public class RunsResource {
  static final String CSV = "text/csv";

  private final ResultStream results;
  private final RankingSettings settings;
  private final Access access;

  /** Answers from the view of the results topic. */
  public RunsResource(ResultStream results, RankingSettings settings, Access access) {
    this.results = results;
    this.settings = settings;
    this.access = access;
  }

  /** Every run that may be seen, by name. */
  @GET
  @Operation(summary = "Every run with its checkpoints and how far they are")
  public List<RunView> runs() {
    Predicate<String> seen = access.runs();
    return results.runs().stream().filter(run -> seen.test(run.run())).toList();
  }

  /** One run. */
  @GET
  @Path("{run}")
  @Operation(summary = "One run with its checkpoints and how far they are")
  @APIResponse(responseCode = "200")
  @APIResponse(responseCode = "404", description = "No such run")
  public RunView run(@PathParam("run") String run) {
    return results.run(Parameters.name("run", run)).orElseThrow(() -> unknownRun(run));
  }

  /** What is known of a checkpoint before any fit, by concept. */
  @GET
  @Path("{run}/early-warnings")
  @Operation(
      summary = "What is known of a checkpoint before any fit, one entry per concept",
      description = "Of the latest step that has any, unless step says another; provisional.")
  @APIResponse(responseCode = "200")
  @APIResponse(responseCode = "400", description = "A parameter that is out of range")
  @APIResponse(responseCode = "404", description = "No such run")
  public List<EarlyWarningView> earlyWarnings(
      @PathParam("run") String run,
      @QueryParam("step") String step,
      @QueryParam("top") String top) {
    int first = Parameters.top(top, settings.top());
    OptionalLong asked =
        step == null
            ? results.lastEarlyWarning(run(run).run())
            : OptionalLong.of(Parameters.step("step", step));
    return asked.isEmpty()
        ? List.of()
        : results.earlyWarnings(run(run).run(), asked.getAsLong()).stream()
            .map(warning -> EarlyWarningView.of(warning, first))
            .toList();
  }

  /** Alarms on the drift of a run, by concept. */
  @GET
  @Path("{run}/alarms")
  @Operation(
      summary = "Alarms on the drift of a run's concepts from their baseline",
      description =
          "Raised where a ranking moved at two successive judged steps, cleared where it then did"
              + " not; a concept whose alarm was never raised has no entry.")
  @APIResponse(responseCode = "200")
  @APIResponse(responseCode = "404", description = "No such run")
  public List<AlarmView> alarms(@PathParam("run") String run) {
    return results.alarms(run(run).run()).stream().map(AlarmView::of).toList();
  }

  /** The clusters of one checkpoint's neurons. */
  @GET
  @Path("{run}/steps/{step}/clusters")
  @Operation(
      summary = "The neurons of one checkpoint in clusters of correlated ones",
      description = "Where salient.probe.cluster-threshold was set when it was fitted.")
  @APIResponse(responseCode = "200")
  @APIResponse(responseCode = "400", description = "A parameter that is out of range")
  @APIResponse(responseCode = "404", description = "No such run, or no clusters of this step")
  public ClustersView clusters(@PathParam("run") String run, @PathParam("step") String step) {
    long number = Parameters.step("step", step);
    RunView known = run(run);
    return results
        .clusters(known.run(), number)
        .map(ClustersView::of)
        .orElseThrow(
            () ->
                new ProblemException(
                    404,
                    "Not clustered",
                    "Run %s has no clusters at step %d; salient.probe.cluster-threshold asks for them."
                        .formatted(known.run(), number)));
  }

  /** One concept over the steps of a run. */
  @GET
  @Path("{run}/concepts/{concept}")
  @Operation(summary = "One concept over the steps of a run: accuracy, layers, drift")
  @APIResponse(responseCode = "200")
  @APIResponse(responseCode = "404", description = "No such run, or the concept is not ranked")
  public ConceptView concept(@PathParam("run") String run, @PathParam("concept") String concept) {
    Parameters.name("concept", concept);
    List<SalientNeurons> steps =
        run(run).steps().stream()
            .map(step -> results.neurons(run, concept, step.step()))
            .flatMap(Optional::stream)
            .toList();
    if (steps.isEmpty()) {
      throw notRanked(run(run), concept);
    }
    return ConceptView.of(
        ConceptResults.of(steps, results.drift(run, concept), results.alarm(run, concept), 0));
  }

  /** One concept at one checkpoint. */
  @GET
  @Path("{run}/concepts/{concept}/steps/{step}")
  @Produces({MediaType.APPLICATION_JSON, CSV})
  @Operation(
      summary = "The salient neurons of one concept at one checkpoint, and their drift",
      description = "As CSV with format=csv or Accept: text/csv.")
  @APIResponse(
      responseCode = "200",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = StepView.class)),
        @Content(mediaType = CSV, schema = @Schema(implementation = String.class))
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
    Parameters.name("concept", concept);
    long number = Parameters.step("step", step);
    int first = Parameters.top(top, settings.top());
    boolean csv = csvWanted(format, headers);
    RunView view = run(run);
    SalientNeurons neurons =
        results
            .neurons(run, concept, number)
            .orElseThrow(() -> notRanked(view, concept + " at step " + number));
    if (csv) {
      return Response.ok(RankCsv.of(List.of(RankView.Concept.of(neurons, first))), CSV).build();
    }
    StepView body = StepView.of(neurons, results.drift(run, concept, number), first);
    return Response.ok(body, MediaType.APPLICATION_JSON).build();
  }

  private static boolean csvWanted(String format, HttpHeaders headers) {
    if (format == null) {
      MediaType accepted = headers.getAcceptableMediaTypes().getFirst();
      return accepted.isCompatible(MediaType.valueOf(CSV)) && !accepted.isWildcardType();
    }
    return switch (format) {
      case "csv" -> true;
      case "json" -> false;
      default -> throw Parameters.bad("format", "must be json or csv");
    };
  }

  static ProblemException unknownRun(String run) {
    return new ProblemException(
        404, "No such run", "Nothing is known of run " + run + "; GET /api/runs lists the runs.");
  }

  private static ProblemException notRanked(RunView run, String what) {
    return new ProblemException(
        404,
        "Not ranked",
        String.format(
            "Run %s has no ranking of %s; ranked so far: %s at steps %s.",
            run.run(),
            what,
            run.concepts(),
            run.steps().stream()
                .filter(step -> !step.concepts().isEmpty())
                .map(RunView.Step::step)
                .toList()));
  }
}

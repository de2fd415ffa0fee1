package io.salient.ranking.api;

import io.salient.ranking.live.ResultStream;
import io.salient.ranking.settings.RankingSettings;
import io.salient.ranking.view.AlarmView;
import io.salient.ranking.view.ClustersView;
import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.ConceptView;
import io.salient.ranking.view.EarlyWarningView;
import io.salient.ranking.view.RunTraining;
import io.salient.ranking.view.RunView;
import io.salient.security.access.Access;
import io.salient.security.http.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Runs, their checkpoints, and what was found in them. */
@Path("/api/runs")
@Revalidated(byRun = true)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "results")
@OpenAPIDefinition(
    info =
        @Info(
            title = "Salient",
            version = "1",
            description = "Salient neurons and their drift, checkpoint by checkpoint."))
public class RunsResource {
  private final ResultStream results;
  private final KnownResults known;
  private final RankingSettings settings;
  private final Access access;

  /** Answers from the view of the results topic. */
  public RunsResource(ResultStream results, RankingSettings settings, Access access) {
    this.results = results;
    this.known = new KnownResults(results);
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
    return known.run(run);
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

  /** What the Trainer logged. */
  @GET
  @Path("{run}/training")
  @Operation(
      summary = "What the Trainer logged: loss, learning rate, metrics over steps",
      description =
          "By the trainer_state.json of each checkpoint; names are the Trainer's own. At most 500"
              + " points a series.")
  @APIResponse(responseCode = "200")
  @APIResponse(responseCode = "404", description = "No such run")
  public RunTraining training(@PathParam("run") String run) {
    RunView view = known.run(run);
    return RunTraining.of(view.run(), results.statuses(view.run()));
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
                    ProblemCode.NOT_CLUSTERED,
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
    return ConceptView.of(
        ConceptResults.of(
            known.steps(run, concept),
            results.drift(run, concept),
            results.alarm(run, concept),
            0));
  }
}

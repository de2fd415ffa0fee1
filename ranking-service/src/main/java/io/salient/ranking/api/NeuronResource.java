package io.salient.ranking.api;

import io.salient.ranking.live.ResultStream;
import io.salient.ranking.topology.ReportLayers;
import io.salient.ranking.view.ClustersView;
import io.salient.ranking.view.NeuronView;
import io.salient.ranking.view.RunView;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.security.access.Access;
import io.salient.security.http.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One neuron. */
@Path("/api/runs/{run}/concepts/{concept}/steps/{step}/neurons/{layer}/{unit}")
@Revalidated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "results")
public class NeuronResource {
  private final ResultStream results;
  private final KnownResults known;
  private final Access access;

  /** Answers from the view of the results topic. */
  public NeuronResource(ResultStream results, Access access) {
    this.results = results;
    this.access = access;
    this.known = new KnownResults(results);
  }

  /** All that is known of it. */
  @GET
  @Operation(
      summary = "One neuron: its ranks, labels, words, sentences and cluster, and other runs",
      description =
          "Words and sentences of the first neurons, where top words were evaluated"
              + " (salient.probe.evaluations) and salient.ranking.show-text is true.")
  @APIResponse(responseCode = "200")
  @APIResponse(responseCode = "400", description = "A parameter that is out of range")
  @APIResponse(responseCode = "404", description = "No such run, concept, step or neuron")
  public NeuronView neuron(
      @PathParam("run") String run,
      @PathParam("concept") String concept,
      @PathParam("step") String step,
      @PathParam("layer") String layer,
      @PathParam("unit") String unit) {
    int inLayer = Parameters.number("layer", layer, 0, Integer.MAX_VALUE);
    int place = Parameters.number("unit", unit, 0, Integer.MAX_VALUE);
    SalientNeurons chosen = known.step(run, concept, step);
    check(chosen.getReport(), inLayer, place);
    return NeuronView.of(
        new ClustersView.Place(inLayer, place),
        known.steps(run, concept),
        chosen,
        concepts(chosen, inLayer, place),
        results.clusters(run, chosen.getStep()).orElse(null),
        otherRuns(chosen, inLayer, place),
        results.textShown());
  }

  private List<NeuronView.InConcept> concepts(SalientNeurons chosen, int layer, int unit) {
    return known.run(chosen.getRun()).concepts().stream()
        .map(concept -> results.neurons(chosen.getRun(), concept, chosen.getStep()))
        .flatMap(Optional::stream)
        .map(ranked -> NeuronView.InConcept.of(ranked, layer, unit))
        .toList();
  }

  private List<NeuronView.InRun> otherRuns(SalientNeurons chosen, int layer, int unit) {
    Predicate<String> seen = access.runs();
    return results.runs().stream()
        .filter(run -> !run.run().equals(chosen.getRun()) && seen.test(run.run()))
        .map(run -> last(run, chosen.getConcept()))
        .flatMap(Optional::stream)
        .filter(
            other -> ReportLayers.of(other.getReport()).equals(ReportLayers.of(chosen.getReport())))
        .map(other -> NeuronView.InRun.of(other, layer, unit))
        .toList();
  }

  private Optional<SalientNeurons> last(RunView run, String concept) {
    return run.steps().reversed().stream()
        .filter(step -> step.concepts().stream().anyMatch(c -> c.concept().equals(concept)))
        .findFirst()
        .flatMap(step -> results.neurons(run.run(), concept, step.step()));
  }

  private static void check(ProbeReport report, int layer, int unit) {
    List<Integer> layers = ReportLayers.of(report).numbers();
    if (!layers.contains(layer) || unit >= report.getHiddenSize()) {
      throw new ProblemException(
          ProblemCode.NO_SUCH_NEURON,
          String.format(
              "There is no neuron %d:%d: layers are %s, units 0 to %d.",
              layer, unit, layers, report.getHiddenSize() - 1));
    }
  }
}

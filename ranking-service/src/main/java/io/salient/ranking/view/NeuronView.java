package io.salient.ranking.view;

import io.salient.schemas.avro.NeuronCluster;
import io.salient.schemas.avro.NeuronClusters;
import io.salient.schemas.avro.NeuronWords;
import io.salient.schemas.avro.SalientNeurons;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of one neuron at one checkpoint, seen from one concept.
 *
 * @param run training run
 * @param concept that it is seen from
 * @param step training step
 * @param layer 0 is the output of the embeddings
 * @param unit 0 to H-1
 * @param concepts what it is to each ranked concept of the checkpoint, by name
 * @param ranks over the steps of the run, in this concept over all labels
 * @param words it fires for; null where they were not evaluated, or are not shown
 * @param cluster of neurons that say the same; null where none were asked for
 * @param otherRuns the same unit at the last step of runs whose model has the same layers
 * @param textShown false where words of the corpus are not told (salient.ranking.show-text)
 */
public record NeuronView(
    String run,
    String concept,
    long step,
    int layer,
    int unit,
    List<InConcept> concepts,
    NeuronRanks ranks,
    EvaluationViews.TopWords words,
    ClustersView.Cluster cluster,
    List<InRun> otherRuns,
    boolean textShown) {

  /**
   * What it is to a concept.
   *
   * @param concept the concept
   * @param rank over all labels; null where it is not listed
   * @param listed how many neurons the result lists
   * @param score over all labels; null where it is not listed
   * @param labels those half of whose weight it helps to hold
   */
  public record InConcept(
      String concept, Integer rank, int listed, Double score, List<InLabel> labels) {
    /** What a neuron is to the concept of a ranking. */
    public static InConcept of(SalientNeurons ranked, int layer, int unit) {
      ClustersView.Place place = new ClustersView.Place(layer, unit);
      NeuronList list = NeuronList.of(ranked, null).orElseThrow();
      Optional<NeuronList.One> one =
          list.neurons().stream().filter(n -> n.place().equals(place)).findFirst();
      return new InConcept(
          ranked.getConcept(),
          one.map(NeuronList.One::rank).orElse(null),
          list.size(),
          one.map(NeuronList.One::score).orElse(null),
          ServedLabels.of(ranked).getOrDefault(place, List.of()));
    }
  }

  /**
   * What it is to a label.
   *
   * @param label the label
   * @param rank among its neurons, 1 is the strongest
   * @param weight signed, in standardised space
   * @param mass share of the label's weight from the strongest neuron to this one
   */
  public record InLabel(String label, int rank, float weight, double mass) {}

  /**
   * The same unit in another run.
   *
   * @param run the other run
   * @param step its last one that is ranked
   * @param rank over all labels, in this concept; null where it is not listed
   * @param listed how many neurons the result lists
   */
  public record InRun(String run, long step, Integer rank, int listed) {
    /** The unit in the ranking of another run. */
    public static InRun of(SalientNeurons ranked, int layer, int unit) {
      InConcept of = InConcept.of(ranked, layer, unit);
      return new InRun(ranked.getRun(), ranked.getStep(), of.rank(), of.listed());
    }
  }

  /**
   * All of one neuron.
   *
   * @param ranked all steps of the concept, ascending
   * @param chosen one of them
   * @param concepts of the checkpoint
   * @param clusters of the checkpoint; null where there are none
   */
  public static NeuronView of(
      ClustersView.Place place,
      List<SalientNeurons> ranked,
      SalientNeurons chosen,
      List<InConcept> concepts,
      NeuronClusters clusters,
      List<InRun> otherRuns,
      boolean textShown) {
    return new NeuronView(
        chosen.getRun(),
        chosen.getConcept(),
        chosen.getStep(),
        place.layer(),
        place.unit(),
        concepts,
        NeuronRanks.of(ranked, chosen, null, List.of(place)),
        textShown ? words(chosen, place) : null,
        clusters == null ? null : cluster(clusters, place),
        otherRuns,
        textShown);
  }

  private static EvaluationViews.TopWords words(SalientNeurons ranked, ClustersView.Place place) {
    var evaluations = ranked.getReport().getEvaluations();
    List<NeuronWords> all = evaluations == null ? List.of() : evaluations.getTopWords();
    return all.stream()
        .filter(one -> one.getLayer() == place.layer() && one.getUnit() == place.unit())
        .map(EvaluationViews.TopWords::of)
        .findFirst()
        .orElse(null);
  }

  private static ClustersView.Cluster cluster(NeuronClusters clusters, ClustersView.Place place) {
    int number = 0;
    for (NeuronCluster cluster : clusters.getClusters()) {
      number++;
      List<ClustersView.Place> places =
          cluster.getNeurons().stream().map(ClustersView.Place::of).toList();
      if (places.contains(place)) {
        return new ClustersView.Cluster(
            number, places, ClustersView.Place.of(cluster.getRepresentative()));
      }
    }
    return null;
  }
}

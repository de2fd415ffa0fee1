package io.salient.ranking.view;

import io.salient.ranking.topology.ReportLayers;
import io.salient.schemas.avro.LabelNeurons;
import io.salient.schemas.avro.NeuronCluster;
import io.salient.schemas.avro.NeuronClusters;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.NeuronWords;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.schemas.avro.TopWord;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes the tables of neurons of one checkpoint.
 *
 * @param ranked the ranking
 * @param baseline what it is beside; null for the baseline itself
 * @param drift of it from the baseline; null where there is none
 * @param clusters of the checkpoint; null where there are none
 * @param textShown whether words of the corpus may be told
 */
public record NeuronTables(
    SalientNeurons ranked,
    SalientNeurons baseline,
    NeuronDrift drift,
    NeuronClusters clusters,
    boolean textShown) {

  /** Only neurons of the same layers have a counterpart; a drift from another step says nothing. */
  public NeuronTables {
    boolean other =
        baseline != null
            && (baseline.getStep() == ranked.getStep()
                || !ReportLayers.of(baseline.getReport())
                    .equals(ReportLayers.of(ranked.getReport())));
    baseline = other ? null : baseline;
    boolean ofIt = baseline != null && drift != null && drift.getOtherStep() == baseline.getStep();
    drift = ofIt ? drift : null;
  }

  /**
   * A table.
   *
   * @param label null for the ranking over all labels
   * @return empty where there is no such label
   */
  public Optional<NeuronTable> table(String label, NeuronQuery query) {
    return NeuronList.of(ranked, label).map(list -> table(label, list, query));
  }

  private NeuronTable table(String label, NeuronList list, NeuronQuery query) {
    Optional<NeuronList> before =
        Optional.ofNullable(baseline).flatMap(of -> NeuronList.of(of, label));
    List<NeuronTable.Row> found =
        query.found(rows(list, before, label == null ? ranksBefore() : Map.of()));
    return new NeuronTable(
        ranked.getRun(),
        ranked.getConcept(),
        ranked.getStep(),
        ranked.getCheckpointId(),
        ranked.getReport().getFinal$(),
        label,
        ranked.getPerLabel().stream().map(LabelNeurons::getLabel).toList(),
        before.isEmpty() ? null : (Long) baseline.getStep(),
        list.size(),
        found.size(),
        query.offset(),
        textShown,
        query.part(found),
        before.map(of -> left(of, list, label)).orElse(List.of()));
  }

  private List<NeuronTable.Row> rows(
      NeuronList list, Optional<NeuronList> before, Map<ClustersView.Place, Integer> further) {
    Map<ClustersView.Place, Integer> listed = before.map(NeuronList::ranks).orElse(Map.of());
    Map<ClustersView.Place, List<NeuronView.InLabel>> served = ServedLabels.of(ranked);
    Map<ClustersView.Place, Integer> numbers = clusterNumbers();
    Map<ClustersView.Place, List<String>> words = words();
    return list.neurons().stream()
        .map(
            one ->
                new NeuronTable.Row(
                    one.rank(),
                    one.place().layer(),
                    one.place().unit(),
                    one.score(),
                    one.weight(),
                    one.mass(),
                    listed.getOrDefault(one.place(), further.get(one.place())),
                    before.isEmpty() ? null : (Boolean) !listed.containsKey(one.place()),
                    served.getOrDefault(one.place(), List.of()).stream()
                        .map(NeuronView.InLabel::label)
                        .toList(),
                    numbers.get(one.place()),
                    words.getOrDefault(one.place(), List.of())))
        .toList();
  }

  /** Ranks at the baseline of neurons that entered: they stand behind those listed there. */
  private Map<ClustersView.Place, Integer> ranksBefore() {
    return drift == null
        ? Map.of()
        : NeuronViews.Moved.of(drift.getEntered()).stream()
            .collect(
                Collectors.toMap(
                    one -> new ClustersView.Place(one.layer(), one.unit()),
                    NeuronViews.Moved::rankA));
  }

  private List<NeuronTable.Gone> left(NeuronList before, NeuronList now, String label) {
    Map<ClustersView.Place, Integer> known = now.ranks();
    Map<ClustersView.Place, Integer> further = label == null ? ranksNow() : Map.of();
    return before.neurons().stream()
        .filter(one -> !known.containsKey(one.place()))
        .sorted(Comparator.comparingInt(NeuronList.One::rank))
        .map(
            one ->
                new NeuronTable.Gone(
                    one.place().layer(), one.place().unit(), one.rank(), further.get(one.place())))
        .toList();
  }

  private Map<ClustersView.Place, Integer> ranksNow() {
    return drift == null
        ? Map.of()
        : NeuronViews.Moved.of(drift.getLeft()).stream()
            .collect(
                Collectors.toMap(
                    one -> new ClustersView.Place(one.layer(), one.unit()),
                    NeuronViews.Moved::rankB));
  }

  private Map<ClustersView.Place, Integer> clusterNumbers() {
    Map<ClustersView.Place, Integer> numbers = new HashMap<>();
    int number = 0;
    for (NeuronCluster cluster :
        clusters == null ? List.<NeuronCluster>of() : clusters.getClusters()) {
      number++;
      for (var neuron : cluster.getNeurons()) {
        numbers.put(ClustersView.Place.of(neuron), number);
      }
    }
    return numbers;
  }

  private Map<ClustersView.Place, List<String>> words() {
    var evaluations = ranked.getReport().getEvaluations();
    List<NeuronWords> all = evaluations == null ? List.of() : evaluations.getTopWords();
    return all.stream()
        .collect(
            Collectors.toMap(
                one -> new ClustersView.Place(one.getLayer(), one.getUnit()),
                one -> one.getWords().stream().map(TopWord::getWord).toList(),
                (first, second) -> first));
  }
}

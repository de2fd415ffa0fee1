package io.salient.ranking.table;

import io.salient.ranking.view.NeuronViews;
import io.salient.ranking.view.RankView;

/**
 * A ranking, one row per neuron of the ranking over all labels and of each label. The label is null
 * for the ranking over all labels, which has scores, a method and how far another half of the
 * corpus finds it; the labels' rows have weights and masses.
 */
public final class RankingTable {
  private RankingTable() {}

  /** The ranking of one concept. */
  public static Table of(RankView.Concept concept) {
    Table table =
        new Table(
            "ranking",
            "a neuron of the ranking over all labels, or of a label",
            "concept:name,label:name,rank:int,layer:int,unit:int,score:double,weight:float,"
                + "mass:double,method,reproducibility:double");
    for (NeuronViews.Ranked n : concept.neurons().ranking()) {
      table.row(
          concept.concept(),
          null,
          n.rank(),
          n.layer(),
          n.unit(),
          n.score(),
          null,
          null,
          concept.probe().method(),
          concept.neurons().reproducibility());
    }
    concept.neurons().perLabel().forEach(label -> add(table, concept.concept(), label));
    return table;
  }

  private static void add(Table table, String concept, NeuronViews.OfLabel label) {
    int rank = 1;
    for (NeuronViews.Weighted n : label.neurons()) {
      table.row(
          concept,
          label.label(),
          rank++,
          n.layer(),
          n.unit(),
          null,
          n.weight(),
          n.mass(),
          null,
          null);
    }
  }
}

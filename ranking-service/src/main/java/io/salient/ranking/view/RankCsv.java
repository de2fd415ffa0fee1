package io.salient.ranking.view;

import java.util.List;

/**
 * A ranking as CSV (RFC 4180), one row per neuron of the ranking over all labels and of each label:
 * {@code concept,label,rank,layer,unit,score,weight,mass,method,reproducibility}. The label is
 * empty for the ranking over all labels, which has scores, a method and how far another half of the
 * corpus finds it; the labels' rows have weights and masses.
 */
public final class RankCsv {
  private static final String HEADER =
      "concept,label,rank,layer,unit,score,weight,mass,method,reproducibility";
  private static final String END = "\r\n";

  private RankCsv() {}

  /** All concepts below one header. */
  public static String of(List<RankView.Concept> concepts) {
    StringBuilder csv = new StringBuilder(HEADER).append(END);
    concepts.forEach(concept -> append(csv, concept));
    return csv.toString();
  }

  private static void append(StringBuilder csv, RankView.Concept concept) {
    Csv.Quoted name = new Csv.Quoted(concept.concept());
    String method = concept.probe().method();
    for (NeuronViews.Ranked n : concept.neurons().ranking()) {
      Double reproducibility = concept.neurons().reproducibility();
      append(
          csv,
          name,
          null,
          n.rank(),
          n.layer(),
          n.unit(),
          n.score(),
          null,
          null,
          method,
          reproducibility);
    }
    for (NeuronViews.OfLabel label : concept.neurons().perLabel()) {
      Csv.Quoted of = new Csv.Quoted(label.label());
      int rank = 1;
      for (NeuronViews.Weighted n : label.neurons()) {
        append(csv, name, of, rank++, n.layer(), n.unit(), null, n.weight(), n.mass(), null, null);
      }
    }
  }

  private static void append(StringBuilder csv, Object... cells) {
    csv.append(Csv.line(cells)).append(END);
  }
}

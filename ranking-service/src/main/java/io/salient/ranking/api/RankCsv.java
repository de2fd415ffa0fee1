package io.salient.ranking.api;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A ranking as CSV (RFC 4180), one row per neuron of the ranking over all labels and of each label:
 * {@code concept,label,rank,layer,unit,score,weight,mass,method,reproducibility}. The label is
 * empty for the ranking over all labels, which has scores, a method and how far another half of the
 * corpus finds it; the labels' rows have weights and masses.
 */
public final class RankCsv {
  private static final String HEADER =
      "concept,label,rank,layer,unit,score,weight,mass,method,reproducibility\r\n";

  private RankCsv() {}

  /** All concepts below one header. */
  public static String of(List<RankView.Concept> concepts) {
    StringBuilder csv = new StringBuilder(HEADER);
    concepts.forEach(concept -> append(csv, concept));
    return csv.toString();
  }

  private static void append(StringBuilder csv, RankView.Concept concept) {
    String name = quoted(concept.concept());
    for (NeuronViews.Ranked neuron : concept.ranking()) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,,%d,%d,%d,%s,,,%s,%s\r\n",
              name,
              neuron.rank(),
              neuron.layer(),
              neuron.unit(),
              neuron.score(),
              concept.method(),
              Objects.toString(concept.reproducibility(), "")));
    }
    for (NeuronViews.OfLabel label : concept.perLabel()) {
      int rank = 1;
      for (NeuronViews.Weighted neuron : label.neurons()) {
        csv.append(
            String.format(
                Locale.ROOT,
                "%s,%s,%d,%d,%d,,%s,%s,,\r\n",
                name,
                quoted(label.label()),
                rank++,
                neuron.layer(),
                neuron.unit(),
                neuron.weight(),
                neuron.mass()));
      }
    }
  }

  /** Always quoted: a label may hold a comma, a quote or a line break, or be one. */
  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}

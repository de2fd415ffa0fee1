package io.salient.standalone.command;

import io.salient.ranking.view.ClustersView;
import io.salient.ranking.view.ClustersView.Cluster;
import io.salient.ranking.view.ClustersView.Place;
import io.salient.ranking.view.Csv;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints clusters of neurons. */
final class ClustersOutput {
  private static final int CLUSTERS = 30;
  private static final int NEURONS = 8;

  private ClustersOutput() {}

  static void print(ClustersView view, OutputFormat format, PrintStream out) {
    switch (format) {
      case JSON -> out.println(Json.text(view.clusters()));
      case CSV -> csv(view, out);
      case TABLE -> table(view, out);
    }
  }

  /** One line per neuron. */
  private static void csv(ClustersView view, PrintStream out) {
    out.println("cluster,layer,unit,representative");
    for (Cluster cluster : view.clusters()) {
      for (Place neuron : cluster.neurons()) {
        out.println(
            Csv.line(
                cluster.cluster(),
                neuron.layer(),
                neuron.unit(),
                neuron.equals(cluster.representative())));
      }
    }
  }

  /** The largest clusters; the others and the neurons that stand alone are counted. */
  private static void table(ClustersView view, PrintStream out) {
    List<Cluster> groups =
        view.clusters().stream()
            .filter(cluster -> cluster.neurons().size() > 1)
            .sorted(Comparator.comparingInt((Cluster c) -> c.neurons().size()).reversed())
            .toList();
    int neurons = view.clusters().stream().mapToInt(c -> c.neurons().size()).sum();
    out.printf(
        Locale.ROOT,
        "%s, step %d: %d neurons over %d words of %s: %d clusters at threshold %s, %d of them of"
            + " one neuron%n",
        view.run(),
        view.step(),
        neurons,
        view.words(),
        view.corpus(),
        view.clusters().size(),
        view.threshold(),
        view.clusters().size() - groups.size());
    if (groups.isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable("cluster", "neurons", "representative", "first of them (layer:unit)");
    groups.stream()
        .limit(CLUSTERS)
        .forEach(
            cluster ->
                table.row(
                    cluster.cluster(),
                    cluster.neurons().size(),
                    place(cluster.representative()),
                    first(cluster.neurons())));
    table.print(out);
    if (groups.size() > CLUSTERS) {
      out.println("and " + (groups.size() - CLUSTERS) + " more: --format json has all");
    }
  }

  private static String first(List<Place> neurons) {
    String first =
        neurons.stream().limit(NEURONS).map(ClustersOutput::place).collect(Collectors.joining(" "));
    return neurons.size() > NEURONS ? first + " ..." : first;
  }

  private static String place(Place neuron) {
    return neuron.layer() + ":" + neuron.unit();
  }
}

package io.salient.standalone.command;

import io.salient.ranking.api.CompareView;
import io.salient.ranking.api.NeuronViews;
import io.salient.standalone.Csv;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints how two checkpoints differ. */
final class CompareOutput {
  private static final int MOVED = 10;

  private CompareOutput() {}

  static void print(List<CompareView> views, OutputFormat format, PrintStream out) {
    switch (format) {
      case JSON -> out.println(Json.text(views));
      case CSV -> csv(views, out);
      case TABLE -> table(views, out);
    }
  }

  private static void csv(List<CompareView> views, PrintStream out) {
    out.println(
        "concept,top,jaccard,rbo,spearman,meanLayerShift,wasserstein,accuracyA,accuracyB,transferAccuracy,calibratedDrift,pValue,verdict");
    for (CompareView v : views) {
      out.println(
          Csv.line(
              v.pair().concept(),
              v.pair().top(),
              v.likeness().jaccard(),
              v.likeness().rbo(),
              v.likeness().spearman(),
              v.likeness().meanLayerShift(),
              v.likeness().wasserstein(),
              v.accuracies().accuracyA(),
              v.accuracies().accuracyB(),
              v.accuracies().transferAccuracy(),
              v.judged().calibratedDrift(),
              v.judged().pValue(),
              v.judged().verdict()));
    }
  }

  private static void table(List<CompareView> views, PrintStream out) {
    TextTable table =
        new TextTable(
            "concept",
            "Jaccard",
            "by chance",
            "RBO",
            "Spearman",
            "layer shift",
            "Wasserstein",
            "accuracy A",
            "accuracy B",
            "A's probe on B");
    for (CompareView v : views) {
      table.row(
          v.pair().concept(),
          number(v.likeness().jaccard()),
          number(v.likeness().jaccardChance()),
          number(v.likeness().rbo()),
          number(v.likeness().spearman()),
          number(v.likeness().meanLayerShift()),
          number(v.likeness().wasserstein()),
          number(v.accuracies().accuracyA()),
          number(v.accuracies().accuracyB()),
          number(v.accuracies().transferAccuracy()));
    }
    table.print(out);
    views.stream()
        .flatMap(view -> view.reading().notes().stream())
        .distinct()
        .forEach(note -> out.println("note: " + note));
    for (CompareView v : views) {
      out.println(v.pair().concept() + ": " + verdict(v));
      if (v.relative() != null) {
        out.println(v.pair().concept() + ", " + relative(v));
        continue;
      }
      out.printf(
          "%s, first %d: %d entered: %s%n",
          v.pair().concept(), v.pair().top(), v.entered().size(), moved(v.entered()));
      out.printf(
          "%s, first %d: %d left: %s%n",
          v.pair().concept(), v.pair().top(), v.left().size(), moved(v.left()));
    }
  }

  private static String verdict(CompareView v) {
    if (v.judged().verdict() == null) {
      return "no verdict, " + v.judged().verdictReason();
    }
    return String.format(
        Locale.ROOT,
        "%s (similarity of halves %.3f, by chance %.3f +- %.3f; %s deviations, p = %.2f)",
        v.judged().verdict(),
        v.judged().noise().similarity(),
        v.judged().noise().meanSimilarity(),
        v.judged().noise().sd(),
        v.judged().calibratedDrift() == null
            ? "unknown"
            : String.format(Locale.ROOT, "%.1f", v.judged().calibratedDrift()),
        v.judged().pValue());
  }

  private static String relative(CompareView v) {
    return String.format(
        Locale.ROOT,
        "first %d: mean relative layer %.3f of %d layers and %.3f of %d, Wasserstein %.3f",
        v.pair().top(),
        v.relative().meanA(),
        v.relative().layersA(),
        v.relative().meanB(),
        v.relative().layersB(),
        v.relative().wasserstein());
  }

  private static String moved(List<NeuronViews.Moved> neurons) {
    String first =
        neurons.stream()
            .limit(MOVED)
            .map(n -> n.layer() + ":" + n.unit() + " (" + n.rankA() + " to " + n.rankB() + ")")
            .collect(Collectors.joining(", "));
    return neurons.size() > MOVED ? first + ", ..." : first;
  }

  private static String number(Double value) {
    return value == null ? "unknown" : String.format(Locale.ROOT, "%.3f", value);
  }
}

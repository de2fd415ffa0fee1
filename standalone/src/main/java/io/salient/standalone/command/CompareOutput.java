package io.salient.standalone.command;

import io.salient.ranking.view.CompareView;
import io.salient.ranking.view.Csv;
import io.salient.ranking.view.JudgementView;
import io.salient.ranking.view.NeuronViews;
import io.salient.standalone.report.markup.Numbers;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
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
        "concept,top,jaccard,rbo,spearman,meanLayerShift,wasserstein,accuracyA,accuracyB,transferAccuracy,reproducibilityA,reproducibilityB,rho,rhoLower,rhoUpper,place,lost,verdict");
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
              of(v.judged().judgement(), JudgementView::reproducibilityA),
              of(v.judged().judgement(), JudgementView::reproducibilityB),
              of(v.judged().judgement(), JudgementView::rho),
              of(v.judged().judgement(), JudgementView::lower),
              of(v.judged().judgement(), JudgementView::upper),
              of(v.judged().place(), JudgementView.Displacement::mean),
              of(v.judged().knowledge(), CompareOutput::lost),
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
          Numbers.plain(v.likeness().jaccard()),
          Numbers.plain(v.likeness().jaccardChance()),
          Numbers.plain(v.likeness().rbo()),
          Numbers.plain(v.likeness().spearman()),
          Numbers.plain(v.likeness().meanLayerShift()),
          Numbers.plain(v.likeness().wasserstein()),
          Numbers.plain(v.accuracies().accuracyA()),
          Numbers.plain(v.accuracies().accuracyB()),
          Numbers.plain(v.accuracies().transferAccuracy()));
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

  private static <T> Object of(T signal, Function<T, ?> pick) {
    return signal == null ? null : pick.apply(signal);
  }

  private static Double lost(JudgementView.Knowledge knowledge) {
    return knowledge.lost() == null ? null : knowledge.lost().ratio();
  }

  private static String verdict(CompareView v) {
    String said = v.judged().verdict() == null ? "no verdict" : v.judged().verdict();
    String reason = v.judged().verdictReason() == null ? "" : ", " + v.judged().verdictReason();
    return said + reason + signals(v.judged());
  }

  private static String signals(CompareView.Judged judged) {
    List<String> signals = new ArrayList<>();
    if (judged.judgement() != null && judged.judgement().rho() != null) {
      signals.add(rho(judged.judgement()));
    }
    if (judged.place() != null) {
      signals.add(
          "place %s layers%s"
              .formatted(
                  Numbers.plain(judged.place().mean()),
                  judged.place().relative() ? " (relative)" : ""));
    }
    if (judged.knowledge() != null && judged.knowledge().lost() != null) {
      JudgementView.Ratio lost = judged.knowledge().lost();
      signals.add(
          "knowledge %s, lost %s (%s to %s)"
              .formatted(
                  judged.knowledge().state(),
                  Numbers.plain(lost.ratio()),
                  Numbers.plain(lost.lower()),
                  Numbers.plain(lost.upper())));
    }
    return signals.isEmpty() ? "" : " (" + String.join("; ", signals) + ")";
  }

  private static String rho(JudgementView judgement) {
    String limits =
        judgement.lower() == null
            ? ""
            : " (%s to %s)"
                .formatted(Numbers.plain(judgement.lower()), Numbers.plain(judgement.upper()));
    return "rho %s%s; another half finds %s of A's list, %s of B's"
        .formatted(
            Numbers.plain(judgement.rho()),
            limits,
            Numbers.plain(judgement.reproducibilityA()),
            Numbers.plain(judgement.reproducibilityB()));
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
}

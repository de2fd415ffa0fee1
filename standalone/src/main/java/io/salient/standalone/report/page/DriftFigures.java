package io.salient.standalone.report.page;

import io.salient.lca.drift.RankingChange;
import io.salient.ranking.view.CompareView;
import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.JudgementView;
import io.salient.standalone.report.figure.Legend;
import io.salient.standalone.report.figure.LineChart;
import io.salient.standalone.report.figure.LineStyle;
import io.salient.standalone.report.figure.Plot;
import io.salient.standalone.report.figure.Series;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Drift over the steps, each signal with its limits. */
final class DriftFigures {
  private static final int HEIGHT = 210;

  private DriftFigures() {}

  /** Which steps have a rho to draw. */
  static List<CompareView> judged(List<CompareView> drifts) {
    return drifts.stream()
        .filter(
            drift -> drift.judged().judgement() != null && drift.judged().judgement().rho() != null)
        .toList();
  }

  /** rho and the place, each with its limits. */
  static Element judgement(ConceptResults concept, Numbering numbering) {
    List<CompareView> drifts = judged(DriftPart.drifts(concept));
    Element rho =
        drawing(
            "Agreement beyond noise",
            "rho (1 is no drift)",
            concept,
            List.of(
                line("rho", LineStyle.SOLID, drifts, d -> d.judged().judgement().rho()),
                line("lower limit", LineStyle.DOTTED, drifts, d -> d.judged().judgement().lower()),
                line("upper limit", LineStyle.DASHED, drifts, d -> d.judged().judgement().upper())),
            Optional.of(new Plot.Band(RankingChange.UNCHANGED, 1)),
            List.of(),
            verdicts(drifts));
    List<CompareView> placed =
        drifts.stream()
            .filter(
                d ->
                    d.judged().place() != null
                        && !d.judged().place().relative()) // one unit an axis
            .toList();
    List<Element> panels = new ArrayList<>(List.of(panel("Ranking: lower is more drift", rho)));
    if (!placed.isEmpty()) {
      Element place =
          drawing(
              "Distance moved through the layers",
              "distance beyond noise (layers)",
              concept,
              List.of(
                  line("distance", LineStyle.SOLID, placed, d -> d.judged().place().mean()),
                  line("lower limit", LineStyle.DOTTED, placed, d -> d.judged().place().lower())),
              Optional.empty(),
              List.of(new Plot.Guide("relocated", placed.getLast().judged().place().threshold())),
              verdicts(placed));
      panels.add(panel("Place: lower limit above the line is relocation", place));
    }
    return numbering.figure(
        panels, "Drift from the baseline beside its noise", says(drifts.getLast()));
  }

  private static Element panel(String title, Element drawing) {
    return Element.of("div", Element.of("p", title).with("class", "panel"), drawing);
  }

  /** The first line's points say their verdict by their shape. */
  private static Series line(
      String name, LineStyle style, List<CompareView> drifts, Function<CompareView, Double> of) {
    return new Series(
        name,
        style,
        drifts.stream()
            .map(
                drift -> {
                  Series.Point plain = Series.Point.of((double) drift.step(), of.apply(drift));
                  return style == LineStyle.SOLID
                      ? new Series.Point(
                          plain.x(), plain.y(), Verdicts.of(drift.judged().verdict()).marker())
                      : plain;
                })
            .toList());
  }

  private static Set<Verdicts> verdicts(List<CompareView> drifts) {
    Set<Verdicts> seen = EnumSet.noneOf(Verdicts.class);
    drifts.forEach(drift -> seen.add(Verdicts.of(drift.judged().verdict())));
    return seen;
  }

  private static Element drawing(
      String title,
      String yTitle,
      ConceptResults concept,
      List<Series> lines,
      Optional<Plot.Band> band,
      List<Plot.Guide> guides,
      Set<Verdicts> verdicts) {
    List<Legend.Item> legend = new ArrayList<>();
    band.ifPresent(range -> legend.add(new Legend.BandSign("no change that counts")));
    verdicts.forEach(
        verdict -> legend.add(new Legend.PointSign(verdict.marker(), verdict.label())));
    List<Double> all = new ArrayList<>(Charts.values(lines));
    band.ifPresent(range -> all.add(range.high()));
    guides.forEach(guide -> all.add(guide.value()));
    return LineChart.draw(
        new Plot(
            title,
            Plot.HALF,
            HEIGHT,
            Charts.steps(concept),
            Charts.numbers(yTitle, 0, all),
            lines,
            band.stream().toList(),
            guides,
            legend));
  }

  private static String says(CompareView last) {
    JudgementView judgement = last.judged().judgement();
    return "Another half of the sentences finds "
        + Numbers.fixed(judgement.reproducibilityA(), 2)
        + " of the baseline's list and "
        + Numbers.fixed(judgement.reproducibilityB(), 2)
        + " of that of step "
        + Numbers.whole(last.step())
        + "; across the two, on different halves, lists agree by "
        + Numbers.fixed(judgement.across(), 2)
        + ". rho is the last over the geometric mean of the first two: 1 where noise explains"
        + " all. Limits are one-sided, 95 % each, over "
        + judgement.splits()
        + " random splits: stable where the lower one is above .9, moved where the upper one is"
        + " below, undecided between. The shape of a point is the verdict on its checkpoint,"
        + " which also asks what became of what was known.";
  }

  /** The usual measures of likeness, without noise. */
  static Element similarities(ConceptResults concept, Numbering numbering) {
    List<Series> series =
        List.of(
            measure("Jaccard", LineStyle.SOLID, concept, d -> d.likeness().jaccard()),
            measure("rank-biased", LineStyle.DASHED, concept, d -> d.likeness().rbo()),
            measure("Spearman", LineStyle.DOTTED, concept, d -> d.likeness().spearman()));
    CompareView last =
        DriftPart.drifts(concept).stream()
            .filter(CompareView::hasSameNeurons)
            .reduce((before, after) -> after)
            .orElseThrow();
    Element drawing =
        LineChart.draw(
            new Plot(
                "Similarity of rankings over training steps",
                Plot.WIDE,
                HEIGHT,
                Charts.steps(concept),
                Charts.numbers("similarity (1 is the same)", 0, with(Charts.values(series), 1)),
                series,
                List.of(),
                List.of(new Plot.Guide("Jaccard by chance", last.likeness().jaccardChance())),
                List.of()));
    return numbering.figure(
        List.of(drawing),
        "Similarity to the baseline's ranking, fitted on all train sentences",
        "Of the first "
            + last.pair().top()
            + " neurons of step "
            + Numbers.whole(last.step())
            + ", "
            + last.entered().size()
            + " were not among the first "
            + last.pair().top()
            + " of the baseline. Jaccard: common neurons of the two sets over all of theirs;"
            + " rank-biased: overlap that weighs the first neurons more; Spearman: correlation of"
            + " the scores of all neurons. How much of this is chance, the figure before tells.");
  }

  private static List<Double> with(List<Double> values, double one) {
    List<Double> more = new ArrayList<>(values);
    more.add(one);
    return more;
  }

  private static Series measure(
      String name, LineStyle style, ConceptResults concept, Function<CompareView, Double> value) {
    return Charts.line(
        name,
        style,
        concept,
        step ->
            concept.isBaseline(step)
                ? Double.valueOf(1)
                : step.drift().filter(CompareView::hasSameNeurons).map(value).orElse(null));
  }
}

package io.salient.standalone.report.page;

import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.Noise;
import io.salient.schemas.avro.Verdict;
import io.salient.standalone.report.ConceptResults;
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
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Drift over the steps as lines above the band that chance alone makes. */
final class DriftFigures {
  private static final int HEIGHT = 210;

  /** Half of the band's height in standard deviations. */
  private static final double BAND = 2;

  private DriftFigures() {}

  /** Agreement of halves and distance of layer histograms, each above its noise. */
  static Element noise(ConceptResults concept, Numbering numbering) {
    List<NeuronDrift> drifts =
        DriftPart.drifts(concept).stream().filter(drift -> drift.getNoise() != null).toList();
    Noise last = drifts.getLast().getNoise();
    Element similarity =
        drawing(
            "Agreement with the baseline",
            "rank-biased overlap (0 to 1)",
            concept,
            line("agreement", drifts, Noise::getSimilarity),
            new Chance(last.getMeanSimilarity(), last.getSd()),
            verdicts(drifts));
    Element layers =
        drawing(
            "Distance of layer histograms",
            "distance (layers)",
            concept,
            line("distance", drifts, Noise::getLayerDistance),
            new Chance(last.getMeanLayerDistance(), last.getLayerDistanceSd()),
            verdicts(drifts));
    return numbering.figure(
        List.of(
            panel("Agreement of rankings: lower is more drift", similarity),
            panel("Distance between layers: higher is more drift", layers)),
        "Drift from the baseline beside its noise",
        says(drifts.getLast()));
  }

  private record Chance(double mean, Double sd) {
    double spread() {
      return sd == null ? 0 : BAND * sd;
    }
  }

  private static Element panel(String title, Element drawing) {
    return Element.of("div", Element.of("p", title).with("class", "panel"), drawing);
  }

  /** Points that say their verdict by their shape; a line to the eye only. */
  private static Series line(String name, List<NeuronDrift> drifts, ToDoubleFunction<Noise> value) {
    return new Series(
        name,
        LineStyle.SOLID,
        drifts.stream()
            .map(
                drift ->
                    new Series.Point(
                        drift.getStep(),
                        value.applyAsDouble(drift.getNoise()),
                        Verdicts.marker(drift.getVerdict())))
            .toList());
  }

  private static Set<Verdict> verdicts(List<NeuronDrift> drifts) {
    Set<Verdict> seen = EnumSet.noneOf(Verdict.class);
    drifts.forEach(drift -> seen.add(drift.getVerdict()));
    return seen;
  }

  private static Element drawing(
      String title,
      String yTitle,
      ConceptResults concept,
      Series line,
      Chance chance,
      Set<Verdict> verdicts) {
    List<Legend.Item> legend = new ArrayList<>();
    if (chance.sd() != null) {
      legend.add(new Legend.BandSign("chance: mean ± 2 sd"));
    }
    verdicts.forEach(
        verdict ->
            legend.add(new Legend.PointSign(Verdicts.marker(verdict), Verdicts.name(verdict))));
    // Neither measure can be less than zero.
    Plot.Band band =
        new Plot.Band(
            Math.max(0, chance.mean() - chance.spread()), chance.mean() + chance.spread());
    List<Double> all = new ArrayList<>(Charts.values(List.of(line)));
    all.addAll(List.of(band.low(), band.high()));
    return LineChart.draw(
        new Plot(
            title,
            Plot.HALF,
            HEIGHT,
            Charts.steps(concept),
            Charts.numbers(yTitle, 0, all),
            List.of(line),
            chance.sd() == null ? List.of() : List.of(band),
            List.of(new Plot.Guide("chance", chance.mean())),
            legend));
  }

  private static String says(NeuronDrift last) {
    Noise noise = last.getNoise();
    String agreement =
        "Two halves of the baseline's own sentences agree by "
            + Numbers.fixed(noise.getMeanSimilarity(), 2)
            + (noise.getSd() == null ? "" : " ± " + Numbers.fixed(noise.getSd(), 2))
            + " on average: so much and no more is to be expected if nothing changed. Step "
            + Numbers.whole(last.getStep())
            + " agrees with the baseline by "
            + Numbers.fixed(noise.getSimilarity(), 2)
            + " in the same way";
    String calibrated =
        last.getCalibratedDrift() == null
            ? "."
            : ", "
                + Numbers.fixed(Math.abs(last.getCalibratedDrift()), 1)
                + " standard deviations "
                + (last.getCalibratedDrift() < 0 ? "above" : "below")
                + " that.";
    return agreement
        + calibrated
        + " The shape of a point is the verdict on its checkpoint, which also asks whether the"
        + " baseline's probe and a new one still work. It allows for a wider range than the band,"
        + " the wider the fewer splits of the baseline there are (here "
        + noise.getReplicates()
        + "), for mean and sd are themselves known from these only.";
  }

  /** The usual measures of likeness, without noise. */
  static Element similarities(ConceptResults concept, Numbering numbering) {
    List<Series> series =
        List.of(
            measure("Jaccard", LineStyle.SOLID, concept, NeuronDrift::getJaccard),
            measure("rank-biased", LineStyle.DASHED, concept, NeuronDrift::getRbo),
            measure("Spearman", LineStyle.DOTTED, concept, NeuronDrift::getSpearman));
    NeuronDrift last = DriftPart.drifts(concept).getLast();
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
                List.of(new Plot.Guide("Jaccard by chance", last.getJaccardChance())),
                List.of()));
    return numbering.figure(
        List.of(drawing),
        "Similarity to the baseline's ranking, fitted on all train sentences",
        "Of the first "
            + last.getK()
            + " neurons of step "
            + Numbers.whole(last.getStep())
            + ", "
            + last.getEntered().size()
            + " were not among the first "
            + last.getK()
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
      String name, LineStyle style, ConceptResults concept, Function<NeuronDrift, Double> value) {
    return Charts.line(
        name,
        style,
        concept,
        step ->
            concept.isBaseline(step) ? Double.valueOf(1) : step.drift().map(value).orElse(null));
  }
}

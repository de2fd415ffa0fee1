// One concept over the steps: layers, drift and accuracy.

import { lines } from "./charts.js";
import { heat } from "./heat.js";
import { byId, isNumber, replace } from "./dom.js";

/** The charts; chosen is the step that is shown above. */
export function showSeries(series, chosen) {
  const layers = {
    title: byId("heat-title").textContent,
    layers: series.layerNumbers,
    steps: series.steps
      .filter((s) => s.layerHistogram.length === series.layerNumbers.length)
      .map((s) => ({ step: s.step, counts: s.layerHistogram, final: s.final })),
    chosen,
  };
  replace(byId("heat"), ...heat(byId("heat"), layers));
  drift("drift-baseline", "Drift against the baseline", series, (s) => s.driftBaseline, chosen);
  noise(series, chosen);
  drift("drift-previous", "Drift against the step before", series, (s) => s.driftPrevious, chosen);
  const own = (pick) => series.steps.map((s) => ({ step: s.step, value: pick(s), final: s.final }));
  // the majority's share is told above: as a line it would press these two together at the top
  const accuracy = [
    { name: "accuracy", values: own((s) => s.accuracy) },
    { name: "transfer accuracy", values: own((s) => s.transferAccuracy) },
  ];
  const chart = { title: "Accuracy", series: accuracy, low: 0.75, percent: true, chosen, none: "No test words so far." };
  replace(byId("accuracy"), ...lines(byId("accuracy"), chart));
}

/** rho with its limits: 1 is no drift, and below .9 with both limits the ranking moved. */
function noise(series, chosen) {
  const known = series.steps.filter((s) => isNumber(s.driftBaseline?.judgement?.rho));
  const values = known.map((s) => ({
    step: s.step,
    value: s.driftBaseline.judgement.rho,
    lower: s.driftBaseline.judgement.lower,
    upper: s.driftBaseline.judgement.upper,
    final: s.driftBaseline.final,
    note: `${s.driftBaseline.verdict ?? "no verdict"}${s.alarm ? ", alarm" : ""}`,
  }));
  const chart = {
    title: "Agreement with the baseline beyond noise (rho)",
    series: [{ name: "rho", values }],
    limits: "its limits, each to 95 %",
    band: known.length ? { name: "no change that counts: above .9", low: 0.9, high: 1 } : null,
    low: 0,
    chosen,
    none: "No verdict rests on halves of the corpus so far: they are fitted after the ranking (salient.probe.splits).",
  };
  replace(byId("drift-noise"), ...lines(byId("drift-noise"), chart));
}

function drift(id, title, series, pick, chosen) {
  const compared = series.steps.filter((s) => pick(s)?.k);
  const values = (of) =>
    compared.map((s) => ({ step: s.step, value: of(pick(s)), final: pick(s).final }));
  const chart = {
    title,
    series: [
      { name: "Jaccard", values: values((d) => d.jaccard) },
      { name: "RBO", values: values((d) => d.rbo) },
      { name: "Spearman", values: values((d) => d.spearman) },
      { name: "Jaccard by chance", values: values((d) => d.jaccardChance) },
    ],
    low: 0,
    chosen,
    none: "There is nothing to compare yet: drift begins with the second ranked step.",
  };
  replace(byId(id), ...lines(byId(id), chart));
}

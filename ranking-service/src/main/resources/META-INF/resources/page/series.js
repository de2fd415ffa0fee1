// One concept over the steps: drift and accuracy.

import { lines } from "./charts.js";
import { byId, replace } from "./dom.js";

/** The three charts; chosen is the step that is shown above. */
export function showSeries(series, chosen) {
  drift("drift-baseline", "Drift against the baseline", series, (s) => s.driftBaseline, chosen);
  drift("drift-previous", "Drift against the step before", series, (s) => s.driftPrevious, chosen);
  const own = (pick) => series.steps.map((s) => ({ step: s.step, value: pick(s), final: s.final }));
  // the majority's share is told above: as a line it would press these two together at the top
  const accuracy = [
    { name: "accuracy", values: own((s) => s.accuracy) },
    { name: "transfer accuracy", values: own((s) => s.transferAccuracy) },
  ];
  const chart = { title: "Accuracy", series: accuracy, low: 0.75, chosen, none: "No test words so far." };
  replace(byId("accuracy"), ...lines(byId("accuracy"), chart));
}

function drift(id, title, series, pick, chosen) {
  const compared = series.steps.filter((s) => pick(s));
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

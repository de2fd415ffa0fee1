// One concept over the steps: drift and accuracy.

import { lines } from "./charts.js";
import { byId, replace } from "./dom.js";

/** The three charts; chosen is the step that is shown above. */
export function showSeries(series, chosen) {
  drift("drift-baseline", "Drift against the baseline", series, (s) => s.driftBaseline, chosen);
  noise(series, chosen);
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

/** Agreement of halves above the band that chance alone makes: mean and two deviations of the nulls. */
function noise(series, chosen) {
  const known = series.steps.filter((s) => s.driftBaseline?.noise);
  const last = known.at(-1)?.driftBaseline.noise;
  const spread = 2 * (last?.sd ?? 0);
  const values = known.map(({ step, driftBaseline: d }) => ({
    step,
    value: d.noise.similarity,
    final: d.final,
    note: d.verdict ?? "no verdict",
  }));
  const chart = {
    title: "Agreement of halves with the baseline (RBO)",
    series: [{ name: "one half with the baseline's other half", values }],
    band: last && {
      name: `two halves of the baseline: mean ± 2 sd of ${last.replicates} splits`,
      low: Math.max(0, last.meanSimilarity - spread),
      high: Math.min(1, last.meanSimilarity + spread),
    },
    low: 0,
    chosen,
    none: "No noise is known: it is measured by replicates of the baseline (salient.probe.replicates).",
  };
  replace(byId("drift-noise"), ...lines(byId("drift-noise"), chart));
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

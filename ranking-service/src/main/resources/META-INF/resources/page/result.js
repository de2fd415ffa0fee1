// One concept at one step: figures, neurons, layers, labels.

import { bars } from "./charts.js";
import { neuronAddress } from "./choice.js";
import { byId, el, fixed, isNumber, layersOf, limits, notice, percent, placeOf, replace, table, whole } from "./dom.js";
import { showLabels } from "./labels.js";

/** Everything of a step; series is the concept over all steps, for the baseline's layers. */
export function showResult(step, series) {
  const ranking = step.ranking;
  byId("step-title").textContent =
    `${ranking.concept} at step ${step.step}` + (step.driftBaseline ? "" : " (baseline)");
  notice(
    byId("provisional"),
    ranking.final
      ? ""
      : `Provisional: fitted on the ${percent(ranking.coverage, 0)} of the rows that had arrived. ` +
          "Every number of this step may still change.",
  );
  notice(byId("alarm"), alarm(series.alarm));
  figures(step, series);
  byId("certificate").textContent = certificate(step);
  replace(byId("notes"), ...notes(step).map((note) => el("li", {}, note)));
  neurons(step);
  left(step);
  showLabels(step);
  layers(step, series);
  origin(step);
}

/** A standing alarm, whatever step is shown. */
function alarm(of) {
  return of?.raised
    ? `Alarm: the ranking of ${of.concept} moved from the baseline at two successive judged steps, ` +
        `the second of them step ${of.step}.`
    : "";
}

/** False where the two have other layers: then neurons have no counterpart. */
const byNeuron = (drift) => Boolean(drift?.top);

function figures(step, series) {
  const { ranking, driftBaseline: drift } = step;
  const items = [
    ["Accuracy", percent(ranking.accuracy)],
    ["Macro F1", fixed(ranking.macroF1)],
    ["Majority label", percent(ranking.majority)],
    ["Transfer accuracy", percent(step.transferAccuracy), "of the baseline's probe, unchanged"],
    ["Mean layer", fixed(ranking.meanLayer, 2)],
  ];
  items.push(["Reproducibility", reproducibility(ranking), besideReproducibility(ranking)]);
  if (drift) {
    if (byNeuron(drift)) {
      items.push(["Jaccard with baseline", fixed(drift.jaccard, 2), `by chance ${fixed(drift.jaccardChance, 2)}`]);
    }
    items.unshift(["Verdict", drift.noisePending ? "not yet" : verdict(step, series), beside(drift)]);
  }
  const { selectivity } = ranking;
  if (selectivity || ranking.evaluationPending) {
    items.push(["Selectivity", selectivity ? percent(selectivity.mean) : "not yet", besideControls(selectivity)]);
  }
  const blocks = items.map(([name, value, note]) =>
    el("div", {}, el("dt", {}, name), el("dd", {}, value), note ? el("dd", { class: "note muted" }, note) : null),
  );
  replace(byId("figures"), ...blocks);
}

const reproducibility = (ranking) => (isNumber(ranking.reproducibility) ? fixed(ranking.reproducibility, 2) : "unknown");

const besideReproducibility = (ranking) =>
  isNumber(ranking.reproducibility) ? "of this list, found by another half of the corpus" : ranking.reproducibilityReason;

function certificate(step) {
  const { certificate: fit } = step.ranking;
  const state = fit.converged ? "✓ Fit converged" : "✕ Fit did not converge";
  const near =
    fit.gap === null || fit.gap === undefined
      ? `relative step ${fit.relativeStep.toExponential(1)}`
      : `at most ${fit.gap.toExponential(1)} above the optimum`;
  return (
    `${state}: ${near} after ${whole(fit.evaluations)} evaluations, ` +
    `objective ${fixed(fit.objective, 4)}, ${fixed(step.fitSeconds, 1)} s. ` +
    `Words: ${whole(step.words.train)} train, ${whole(step.words.dev)} dev, ${whole(step.words.test)} test.`
  );
}

/** Of the fit, and of what stands beside the baseline, which is A there. */
function notes(step) {
  const drift = step.driftBaseline;
  const compared = drift?.notes.map((note) => `Against step ${drift.stepA} (A; B is this step): ${note}.`);
  return [...step.ranking.notes, ...(compared ?? [])];
}

function neurons(step) {
  const drift = step.driftBaseline;
  const entered = new Map((drift?.entered ?? []).map((n) => [placeOf(n), n]));
  byId("neurons-note").textContent = `${entries(drift)}; ${score(step.ranking)}`;
  const rows = step.ranking.ranking.map((n) => {
    const moved = entered.get(placeOf(n));
    const mark = moved ? el("span", { class: "mark" }, `▲ entered, was ${whole(moved.rankA)}`) : "";
    return { className: moved ? "entered" : null, cells: [n.rank, link(n), fixed(n.score, 4), mark] };
  });
  const columns = ["Rank", "Neuron", "Score"].map((title) => ({ title, num: true }));
  replace(
    byId("neurons"),
    table("Top neurons over all labels", [...columns, { title: "Against the baseline" }], rows),
  );
}

const link = (neuron) =>
  el("a", { class: "mono", href: neuronAddress(neuron), "data-key": placeOf(neuron) }, placeOf(neuron));

/** What the score of a neuron is, by what ranks. */
function score({ method }) {
  if (method === "contribution") {
    return "ranked by contribution: the score is what a neuron adds to the logits of labels on their own words.";
  }
  return method === "lca" || method === "neurox"
    ? `ranked by ${method}: score 0 is the most salient.`
    : `ranked by ${method}.`;
}

function entries(drift) {
  if (!drift) {
    return "This is the baseline, nothing to compare it with";
  }
  return byNeuron(drift)
    ? `▲ marks neurons that entered the first ${drift.top} since step ${drift.stepA}`
    : `Step ${drift.stepA} has other layers, so that its neurons have no counterpart here`;
}

function left(step) {
  const drift = step.driftBaseline;
  if (!byNeuron(drift)) {
    replace(byId("left"));
    return;
  }
  const title = `▽ Left the first ${drift.top} since step ${drift.stepA}: ${drift.left.length}`;
  const columns = ["Neuron", "Rank then", "Rank now"].map((name) => ({ title: name, num: true }));
  const rows = drift.left.map((n) => ({ cells: [link(n), whole(n.rankA), whole(n.rankB)] }));
  replace(
    byId("left"),
    el("details", {}, el("summary", {}, title), el("div", { class: "scroll" }, table(title, columns, rows))),
  );
}

function layers(step, series) {
  const from = step.driftBaseline?.stepA;
  const before = byNeuron(step.driftBaseline) ? series.steps.find((s) => s.step === from) : null;
  const other = before?.layerHistogram ?? null;
  const chart = {
    title: `Layers of the first ${step.ranking.histogramSize} neurons`,
    names: [`step ${step.step}`, `baseline, step ${from}`],
    layers: step.layerNumbers,
    counts: step.ranking.layerHistogram,
    other,
  };
  byId("layers-title").textContent = chart.title;
  replace(byId("layers"), ...bars(byId("layers"), chart));
}

function origin(step) {
  const from = step.provenance;
  const items = [
    ["Checkpoint", step.checkpointId],
    ["Folder", from.checkpointUri],
    ["Model", `${from.modelType}, ${layersOf(step)} of ${step.hidden} units`],
    ["Weights", named(from.weights) || "as stored, in float32"],
    ["Corpus", `${from.corpus} (${from.corpusHash})`],
    ["Subwords", from.aggregation],
    ["Batch order seed", from.seed],
    ["Settings", named(from.settings)],
    ["Version", from.version],
  ];
  replace(byId("origin"), ...items.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

const named = (values) => Object.entries(values).map((pair) => pair.join(" = ")).join(", ");

const besideControls = (selectivity) =>
  selectivity
    ? `control tasks reach ${percent(selectivity.control)}${ofSeen(selectivity)}`
    : "the evaluation of this checkpoint is still to come";

/** On words that training knows, where a control task can be learnt by heart. */
const ofSeen = ({ seenControl }) =>
  seenControl === null || seenControl === undefined ? "" : `, ${percent(seenControl)} on words seen in training`;

/** The verdict, and the step that it holds since where that is an earlier one. */
function verdict(step, series) {
  const said = step.driftBaseline.verdict;
  const since = series.steps.find((s) => s.step === step.step)?.driftBaseline?.since;
  return said && since !== step.step && isNumber(since) ? `${said} since step ${since}` : (said ?? "none");
}

/** What the verdict rests on, and why there is none or none but undecided. */
function beside(drift) {
  const signals = [];
  const { judgement, place: moved, knowledge } = drift;
  if (isNumber(judgement?.rho)) {
    signals.push(`rho ${fixed(judgement.rho, 2)}${limits(judgement)}`);
  }
  if (moved) {
    const least = isNumber(moved.lower) ? ` (more than ${fixed(moved.lower, 2)})` : "";
    signals.push(`place ${fixed(moved.mean, 2)}${least} ${moved.relative ? "of the way from first to last layer" : "layers"}`);
  }
  if (knowledge?.lost) {
    signals.push(`${knowledge.state}: lost ${fixed(knowledge.lost.ratio, 2)}${limits(knowledge.lost)}`);
  }
  return [drift.verdictReason, signals.join("; ")].filter(Boolean).join(". ");
}

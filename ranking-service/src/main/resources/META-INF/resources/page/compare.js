// Two checkpoints side by side, of one run or of two: what changed from A to B.

import * as api from "./api.js";
import { choose, chosen, neuronAddress, stepText } from "./choice.js";
import { byId, chosenLayers, el, fill, fixed, isNumber, layersOf, limits, notice, percent, placeOf, replace, signed, table, whole } from "./dom.js";
import { lookOf } from "./verdict.js";

const MOST_MOVED = 20;

async function ask(overview, { concept, step }) {
  if (step === null) {
    return { none: `${concept} has no ranking yet: it comes with the first fit.` };
  }
  const runs = (await api.runs()).map((r) => r.run);
  const run = runs.includes(chosen.other) ? chosen.other : overview.run;
  const other = run === overview.run ? overview : await api.overview(run);
  const points = other.concepts.find((c) => c.concept === concept)?.points ?? [];
  const at = stepOf(points, other, overview, step);
  const choices = { runs, run, other, points, at };
  if (at === null) {
    return { choices, none: `Run ${run} has no ranking of ${concept} to compare with: choose another run.` };
  }
  const [a, b, compared] = await Promise.all([
    api.step(run, concept, at, chosen.top),
    api.step(overview.run, concept, step, chosen.top),
    api.orProblem(api.compare({ run, step: at }, { run: overview.run, step }, concept, chosen.top)),
  ]);
  return { choices, a, b, compared };
}

/** The chosen step of A; else the baseline, or the last where that is B itself or of another run. */
function stepOf(points, other, overview, step) {
  const steps = points.map((p) => p.step);
  if (steps.includes(chosen.at)) {
    return chosen.at;
  }
  const baseline = other === overview && other.baselineStep !== step && steps.includes(other.baselineStep);
  return baseline ? other.baselineStep : (steps.at(-1) ?? null);
}

function show({ choices, a, b, compared, none }) {
  const wrong = none ?? (compared instanceof api.Problem ? compared.message : "");
  notice(byId("compare-none"), wrong);
  byId("compare-shown").hidden = Boolean(none);
  byId("compare-title").textContent = a ? `${a.ranking.concept}: ${nameOf(b)} beside ${nameOf(a)}` : "Compare";
  if (choices) {
    fill(byId("other"), choices.runs.map((run) => [run, run]), choices.run);
    const steps = choices.points.toReversed().map((p) => [String(p.step), stepText(choices.other, p)]);
    fill(byId("at"), steps, choices.at === null ? null : String(choices.at));
  }
  if (none) {
    return;
  }
  const known = wrong ? null : compared;
  replace(byId("compare-said"), ...said(known));
  replace(byId("compare-figures"), sideBySide(a, b, known));
  replace(byId("compare-layers"), ...layers(a, b));
  byId("compare-moved").hidden = !known?.entered;
  replace(byId("entered"), ...moved(known?.entered, b, "▲", "entered"));
  replace(byId("gone"), ...moved(known?.left, b, "▽", "left"));
  replace(byId("compare-labels"), labels(a, b, known));
}

const nameOf = ({ run, step }) => `step ${step} of ${run}`;

function said(compared) {
  if (!compared) {
    return [];
  }
  const { verdict, verdictReason, noisePending, judgement, notes } = compared;
  const { sign, tone, meaning } = lookOf(verdict);
  const name = verdict ? `${sign} ${verdict}` : noisePending ? "… not yet" : "no verdict";
  const why = verdictReason ?? (noisePending ? "the noise of both rankings is being measured" : meaning);
  const rho = isNumber(judgement?.rho) ? `; ρ ${fixed(judgement.rho, 2)}${limits(judgement)}, 1 is no drift` : "";
  return [
    el("p", {}, el("span", { class: `verdict ${verdict ? tone : "open"}` }, name), `: ${why}${rho}`),
    ...notes.map((note) => el("p", { class: "muted" }, note)),
  ];
}

function sideBySide(a, b, compared) {
  const difference = (x, y, digits, scale = 1) => (isNumber(x) && isNumber(y) ? signed(scale * (y - x), digits) : "–");
  const [p, q] = [a.ranking, b.ranking];
  const rows = [
    ["Accuracy", percent(p.accuracy), percent(q.accuracy), `${difference(p.accuracy, q.accuracy, 1, 100)} points`],
    ["Macro F1", fixed(p.macroF1), fixed(q.macroF1), difference(p.macroF1, q.macroF1, 3)],
    ["Reproducibility", fixed(p.reproducibility, 2), fixed(q.reproducibility, 2), difference(p.reproducibility, q.reproducibility, 2)],
    ["Mean layer", fixed(p.meanLayer, 2), fixed(q.meanLayer, 2), difference(p.meanLayer, q.meanLayer, 2)],
    ["Mean relative layer", ...relative(a, b), difference(...[a, b].map(share), 2)],
    ["Model", `${a.provenance.modelType}, ${layersOf(a)} of ${a.hidden}`, `${b.provenance.modelType}, ${layersOf(b)} of ${b.hidden}`, ""],
    ["Corpus", a.provenance.corpus, b.provenance.corpus, a.provenance.corpusHash === b.provenance.corpusHash ? "same words" : "other words"],
    ["Ranked by", p.method, q.method, p.method === q.method ? "" : "another method"],
  ];
  if (isNumber(compared?.jaccard)) {
    rows.push(
      ["Common neurons (Jaccard)", "", fixed(compared.jaccard, 2), `by chance ${fixed(compared.jaccardChance, 2)}`],
      ["Rank-biased overlap", "", fixed(compared.rbo, 2), "1: the same order"],
      ["Spearman, all neurons", "", fixed(compared.spearman, 2).replace("-", "−"), ""],
    );
  }
  const columns = [{ title: "" }, { title: `A: ${nameOf(a)}` }, { title: `B: ${nameOf(b)}` }, { title: "From A to B" }];
  return table("Figures of both", columns, rows.map((cells) => ({ cells })));
}

/** Where between embeddings (0) and the last layer (1) the neurons lie; of all layers alone. */
const share = (side) =>
  chosenLayers(side) || side.layers < 2 ? null : side.ranking.meanLayer / (side.layers - 1);
const relative = (a, b) => [a, b].map((side) => fixed(share(side), 2));

/** A strip per side from first to last layer, so that models of other depth stand at one scale. */
function layers(a, b) {
  return [
    ...[["A", a], ["B", b]].map(([name, { layerNumbers, ranking }]) => {
      const most = Math.max(1, ...ranking.layerHistogram);
      const cells = ranking.layerHistogram.map((count, i) => {
        const cell = el("span", { title: `layer ${layerNumbers[i]}: ${count} of the first ${ranking.histogramSize}` }, layerNumbers.length > 16 ? "" : count);
        cell.style.setProperty("--heat", `${(6 + (50 * count) / most).toFixed(0)}%`);
        return cell;
      });
      const text = ranking.layerHistogram.map((count, i) => `layer ${layerNumbers[i]} ${count}`).join(", ");
      return el("div", { class: "depth" }, el("span", {}, name), el("div", { role: "img", "aria-label": `${name}: ${text}` }, ...cells));
    }),
    el("p", { class: "depth-axis muted" }, el("span", {}, "embeddings"), el("span", {}, "last layer")),
  ];
}

function moved(neurons, b, sign, what) {
  if (!neurons) {
    return [];
  }
  const title = `${sign} ${neurons.length} ${what}`;
  const columns = [{ title: "Neuron" }, { title: "Rank in A", num: true }, { title: "Rank in B", num: true }];
  const rows = neurons.slice(0, MOST_MOVED).map((n) => ({
    cells: [el("a", { class: "mono", href: neuronAddress(n, { run: b.run, step: b.step }) }, placeOf(n)), whole(n.rankA), whole(n.rankB)],
  }));
  const more = neurons.length > rows.length ? el("p", { class: "muted" }, `${neurons.length - rows.length} more`) : null;
  return [el("h3", {}, title), rows.length > 0 ? table(title, columns, rows) : el("p", { class: "muted" }, "none"), more].filter(Boolean);
}

/** All labels, those whose F1 changed most first. */
function labels(a, b, compared) {
  const before = new Map(a.labels.map((label) => [label.label, label]));
  const judged = new Map((compared?.perLabel ?? []).map((label) => [label.label, label]));
  const change = (label) => Math.abs((label.f1 ?? 0) - (before.get(label.label)?.f1 ?? 0));
  const names = new Set(b.labels.map((label) => label.label));
  const lost = a.labels.filter((label) => !names.has(label.label));
  const rows = [...b.labels].sort((x, y) => change(y) - change(x)).map((label) => {
    const old = before.get(label.label);
    const { judgement, knowledge } = judged.get(label.label) ?? {};
    const both = isNumber(old?.f1) && isNumber(label.f1);
    return {
      cells: [
        label.label,
        fixed(old?.f1, 2),
        fixed(label.f1, 2),
        both ? signed(label.f1 - old.f1, 2) : "–",
        judgement?.outcome ? `${judgement.outcome}${isNumber(judgement.rho) ? `, ρ ${fixed(judgement.rho, 2)}` : ""}` : "–",
        knowledge?.state ?? "–",
      ],
    };
  });
  rows.push(...lost.map((label) => ({ cells: [label.label, fixed(label.f1, 2), "–", "–", "only in A", "–"] })));
  const columns = [{ title: "Label" }, ...["F1 in A", "F1 in B", "Change"].map((title) => ({ title, num: true })), { title: "Ranking" }, { title: "Knowledge" }];
  return table("Labels, those whose F1 changed most first", columns, rows);
}

function listen(picked) {
  const on = (id, change) =>
    byId(id).addEventListener("change", ({ target: { value } }) => {
      choose(change(value));
      picked();
    });
  byId("against").addEventListener("submit", (event) => event.preventDefault());
  on("other", (other) => ({ other, at: null }));
  on("at", (at) => ({ at: Number(at) }));
}

/** The view. */
export const compareView = { ask, show, listen };

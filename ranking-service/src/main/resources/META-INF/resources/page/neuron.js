// One neuron at a step: what it fires for, what it is to concepts and labels, its rank over steps, its
// cluster, and the same unit in other runs.

import * as api from "./api.js";
import { bump } from "./bump.js";
import { chosen, neuronAddress, viewAddress } from "./choice.js";
import { byId, el, fixed, isNumber, percent, placeOf, replace, signed, table, whole } from "./dom.js";
import { heatSentences } from "./sentences.js";

let drawn = null;

async function ask({ run }, { concept, step }) {
  if (chosen.neuron === null) {
    return { none: "No neuron is chosen: pick one from a list, or write it into the address, as neuron=3:17." };
  }
  if (step === null) {
    return { none: `${concept} has no ranking yet: it comes with the first fit.` };
  }
  const answer = await api.orProblem(api.neuron(run, concept, step, ...chosen.neuron.split(":")));
  return answer instanceof api.Problem ? { none: answer.message } : answer;
}

function show(answer) {
  drawn = answer;
  const { none } = answer;
  byId("neuron-title").textContent = none ? "Neuron" : `Neuron ${placeOf(answer)}`;
  byId("neuron-none").hidden = !none;
  byId("neuron-none").textContent = none ?? "";
  byId("neuron-shown").hidden = Boolean(none);
  byId("neuron-back").href = viewAddress("neurons");
  if (none) {
    return;
  }
  byId("neuron-facts").textContent = facts(answer);
  replace(byId("neuron-words"), ...words(answer));
  replace(byId("neuron-sentences"), ...sentences(answer));
  replace(byId("neuron-concepts"), concepts(answer));
  replace(byId("neuron-cluster"), ...cluster(answer));
  replace(byId("neuron-runs"), ...otherRuns(answer));
  redraw();
}

function redraw() {
  if (drawn?.ranks) {
    replace(byId("neuron-ranks"), ...bump(byId("neuron-ranks"), drawn.ranks, neuronAddress));
  }
}

function facts({ layer, unit, concept, step, concepts: all }) {
  const here = all.find((c) => c.concept === concept);
  const rank = isNumber(here?.rank) ? `rank ${here.rank} of ${concept}` : `not among the first ${here?.listed ?? 0} of ${concept}`;
  const labels = all.reduce((count, c) => count + c.labels.length, 0);
  return `Layer ${layer}${layer === 0 ? " (embeddings)" : ""}, unit ${unit}; ${rank} at step ${step}; serves ${labels} label${labels === 1 ? "" : "s"} of ${all.length} concept${all.length === 1 ? "" : "s"}.`;
}

/** Why there are no words. */
function wordless({ textShown, concept, step }) {
  return textShown
    ? `No words are known of it here: top words are evaluated (salient.probe.evaluations) for the first neurons of ${concept} at step ${step} alone.`
    : "Words and sentences of the corpus are switched off (salient.ranking.show-text).";
}

function words(answer) {
  if (!answer.words) {
    return [el("p", { class: "muted" }, wordless(answer))];
  }
  const most = Math.max(...answer.words.words.map((w) => Math.abs(w.score)));
  const rows = answer.words.words.map(({ word, score, count }) => {
    const bar = el("span", { class: `measure ${score < 0 ? "below" : ""}`, "aria-hidden": "true" });
    bar.style.setProperty("--size", `${(100 * Math.abs(score)) / most}%`);
    return { cells: [word, el("span", { class: "measured" }, bar, signed(score, 2)), whole(count)] };
  });
  const columns = [{ title: "Word" }, { title: "Mean activation, sd" }, { title: "Occurrences", num: true }];
  return [table("Words that it fires for", columns, rows)];
}

function sentences(answer) {
  const known = answer.words?.sentences ?? [];
  return known.length > 0 ? heatSentences(known) : [el("p", { class: "muted" }, answer.words ? "No sentences were kept." : wordless(answer))];
}

function concepts({ concepts: all }) {
  const columns = [{ title: "Concept" }, { title: "Rank", num: true }, { title: "Score", num: true }, { title: "Labels half of whose weight it helps to hold" }];
  const rows = all.map((c) => ({
    cells: [
      el("a", { href: viewAddress("neurons", { concept: c.concept }) }, c.concept),
      isNumber(c.rank) ? c.rank : `> ${c.listed}`,
      isNumber(c.score) ? fixed(c.score, 4) : "–",
      el("span", { class: "units" }, ...c.labels.map((label) => labelOf(c.concept, label)), c.labels.length === 0 ? "–" : null),
    ],
  }));
  return table("What it is to each concept", columns, rows);
}

function labelOf(concept, { label, rank, weight, mass }) {
  const title = `weight ${signed(weight, 3)}, ${percent(mass)} of the label's weight up to here`;
  const link = el("a", { href: viewAddress("neurons", { concept, label }) }, label);
  return el("span", { title }, link, ` ${weight < 0 ? "against" : "for"}, rank ${rank}`);
}

function cluster({ cluster: of, layer, unit }) {
  if (!of) {
    return [el("p", { class: "muted" }, "No clusters of this checkpoint: salient.probe.cluster-threshold asks for them.")];
  }
  const others = of.neurons.filter((n) => n.layer !== layer || n.unit !== unit);
  const represents = of.representative.layer === layer && of.representative.unit === unit;
  const said = others.length === 0 ? "alone in it" : represents ? "which it stands for" : `which ${placeOf(of.representative)} stands for`;
  const links = others.slice(0, 100).map((n) => el("a", { class: "mono", href: neuronAddress(n) }, placeOf(n)));
  return [
    el("p", {}, `Cluster ${of.cluster} of ${whole(of.neurons.length)} neuron${of.neurons.length === 1 ? "" : "s"}, ${said}.`),
    el("p", { class: "units" }, ...links, others.length > links.length ? ` and ${others.length - links.length} more` : null),
  ];
}

function otherRuns({ otherRuns: runs, concept }) {
  if (runs.length === 0) {
    return [el("p", { class: "muted" }, `No other run here has a model with the same layers and ${concept}.`)];
  }
  const columns = [{ title: "Run" }, { title: "Step", num: true }, { title: `Rank in ${concept}`, num: true }];
  const rows = runs.map((r) => ({
    cells: [
      el("a", { href: neuronAddress(drawn, { run: r.run, step: r.step }) }, r.run),
      r.step,
      isNumber(r.rank) ? r.rank : `> ${r.listed}`,
    ],
  }));
  return [table("The same unit in other runs", columns, rows)];
}

/** The view. */
export const neuronView = { ask, show, redraw };

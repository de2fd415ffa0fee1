// The neurons of a concept at a step, over all labels or of one: a table, and their ranks over steps.

import * as api from "./api.js";
import { bump } from "./bump.js";
import { addressOf, choose, chosen, neuronAddress, viewAddress } from "./choice.js";
import { byId, el, fill, fixed, isNumber, percent, placeOf, replace, signed, sortHead, table, whole } from "./dom.js";

const TYPING_MILLIS = 250;

let drawn = null;

/** The part of the list that is on the page. */
const wanted = () => ({ label: chosen.label, search: chosen.search, order: chosen.order, offset: chosen.from, limit: Number(chosen.top) });

async function ask({ run }, { concept, step }) {
  if (step === null) {
    return { none: `${concept} has no ranking yet: it comes with the first fit.` };
  }
  const [list, ranks] = await Promise.all([
    api.orProblem(api.neurons(run, concept, step, wanted())),
    api.orProblem(api.ranks(run, concept, step, chosen.label)),
  ]);
  const wrong = [list, ranks].find((answer) => answer instanceof api.Problem);
  return wrong ? { none: wrong.message } : { list, ranks, csv: api.neuronsCsv(run, concept, step, { ...wanted(), offset: null, limit: 500 }) };
}

function show(answer) {
  drawn = answer;
  const { list, none } = answer;
  byId("neurons-none").hidden = !none;
  byId("neurons-none").textContent = none ?? "";
  byId("neurons-shown").hidden = Boolean(none);
  byId("list-title").textContent = list ? `Neurons of ${list.label ?? list.concept} at step ${list.step}` : "Neurons";
  if (none) {
    return;
  }
  fill(byId("label"), [["", `all of ${list.concept}`], ...list.labels.map((label) => [label, label])], chosen.label ?? "");
  if (document.activeElement !== byId("neuron-search")) {
    byId("neuron-search").value = chosen.search;
  }
  byId("list-note").textContent = note(list);
  byId("list-csv").href = answer.csv;
  replace(byId("list"), rows(list));
  replace(byId("pages"), ...pages(list));
  replace(byId("list-left"), ...left(list));
  redraw();
}

function redraw() {
  if (drawn?.ranks) {
    const { ranks } = drawn;
    byId("bump-title").textContent = `Ranks of the first ${ranks.neurons.length} of ${ranks.label ?? ranks.concept} over the steps`;
    replace(byId("bump"), ...bump(byId("bump"), ranks, neuronAddress));
  }
}

function note({ listed, total, baselineStep, isFinal, final, label }) {
  const found = chosen.search === "" ? `The first ${whole(listed)} neurons` : `${whole(total)} of the first ${whole(listed)} neurons`;
  const beside = isNumber(baselineStep) ? `, beside step ${baselineStep}` : ", nothing to compare them with";
  const by = label === null ? "" : "; weight: signed, of the probe, in standardised space";
  return `${found}${beside}${by}.${(final ?? isFinal) ? "" : " Provisional: fitted before all words had come."}`;
}

const ORDERS = { rank: "Rank", place: "Neuron", moved: "Since baseline" };

function rows(list) {
  const ofLabel = list.label !== null;
  const columns = [
    head("rank", true),
    head("place"),
    ...(ofLabel ? [{ title: "Weight", num: true }, { title: "Weight so far", num: true }] : [{ title: "Score", num: true }]),
    { title: "Rank then", num: true },
    head("moved"),
    { title: "Labels it serves" },
    ...(list.neurons.some((n) => isNumber(n.cluster)) ? [{ title: "Cluster", num: true, cluster: true }] : []),
    { title: list.textShown ? "Top words" : "Top words: switched off" },
  ];
  const clustered = columns.some((c) => c.cluster);
  const body = list.neurons.map((n) => ({
    className: n.entered ? "entered" : null,
    cells: [
      n.rank,
      el("a", { class: "mono", href: neuronAddress(n), "data-key": placeOf(n) }, placeOf(n)),
      ...(ofLabel ? [signed(n.weight, 3), percent(n.mass)] : [fixed(n.score, 4)]),
      then(n, list),
      since(n),
      el("span", { class: "units" }, ...n.labels.map(labelLink)),
      ...(clustered ? [n.cluster ?? "–"] : []),
      el("span", { class: "words" }, n.words.slice(0, 4).join(" ") || "–"),
    ],
  }));
  return table("Neurons, their ranks now and at the baseline, and what they are for", columns, body);
}

function head(order, num) {
  const title = ORDERS[order];
  const direction = chosen.order === order && "ascending";
  return { num, sort: direction, title: sortHead(title, direction, () => go({ order, from: 0 })) };
}

function then(n, { baselineStep }) {
  if (!isNumber(baselineStep)) {
    return "–";
  }
  return isNumber(n.baselineRank) ? whole(n.baselineRank) : "not listed";
}

function since(n) {
  if (n.entered) {
    return el("span", { class: "mark" }, "▲ entered");
  }
  if (!isNumber(n.baselineRank)) {
    return "–";
  }
  const moved = n.baselineRank - n.rank;
  return moved === 0 ? "= same" : `${moved > 0 ? "↑" : "↓"} ${Math.abs(moved)}`;
}

const labelLink = (label) =>
  label === chosen.label ? label : el("a", { href: viewAddress("neurons", { label }) }, label);

/** Links to the parts before and after. */
function pages({ offset, total, neurons }) {
  if (neurons.length === 0) {
    return [`Nothing found for “${chosen.search}”: try a neuron (3:17), a layer (3:), a unit (:17), a label or a word.`];
  }
  const size = Number(chosen.top);
  const to = (from, text) => el("a", { href: addressOf({ from }), "data-key": text }, text);
  return [
    offset > 0 ? to(Math.max(0, offset - size), "← before") : null,
    el("span", { class: "muted" }, `${offset + 1} to ${offset + neurons.length} of ${total}`),
    offset + neurons.length < total ? to(offset + size, "next →") : null,
  ].filter(Boolean);
}

function left({ left: gone, baselineStep }) {
  if (gone.length === 0) {
    return [];
  }
  const columns = [{ title: "Neuron" }, { title: `Rank at step ${baselineStep}`, num: true }, { title: "Rank now", num: true }];
  const body = gone.map((n) => ({
    cells: [el("a", { class: "mono", href: neuronAddress(n) }, placeOf(n)), whole(n.baselineRank), isNumber(n.rank) ? whole(n.rank) : "not listed"],
  }));
  const title = `▽ ${gone.length} left since step ${baselineStep}`;
  return [el("details", {}, el("summary", {}, title), el("div", { class: "scroll" }, table(title, columns, body)))];
}

let go = () => {};

function listen(picked) {
  go = (other, inPlace) => {
    choose(other, inPlace);
    picked();
  };
  byId("neuron-find").addEventListener("submit", (event) => event.preventDefault());
  byId("label").addEventListener("change", ({ target: { value } }) => go({ label: value === "" ? null : value, from: 0 }));
  let typing = null;
  byId("neuron-search").addEventListener("input", ({ target: { value } }) => {
    clearTimeout(typing);
    typing = setTimeout(() => go({ search: value.trim().slice(0, 200), from: 0 }, true), TYPING_MILLIS);
  });
}

/** The view. */
export const neuronsView = { ask, show, redraw, listen };

// What is shown; kept in the address, so that it can be passed on.

import { rangeOf } from "./axis.js";
import { byId, fill } from "./dom.js";
import { severity } from "./verdict.js";

/** The value of the step list that follows the newest result. */
export const LATEST = "latest";

/** The views beside the first screen, in the order of their links. */
export const VIEWS = ["concept", "neurons", "compare", "neuron"];

const TOPS = ["10", "20", "50", "100"];
const ORDERS = ["rank", "place", "moved"];
const AXES = ["step", "epoch", "time"];
const PLAIN = { view: null, run: null, concept: null, step: null, top: "20", label: null, order: "rank", search: "", from: 0, neuron: null, other: null, at: null, axis: "step", zoom: null };

/**
 * What the user chose; null where the page chooses. other and at are the run and step that this one
 * is compared with, from is the first row of a list that is shown, axis and zoom are what charts show.
 */
export const chosen = { ...PLAIN };

/** How each part is read from the address; undefined where it makes no sense there. */
const READ = {
  view: (text) => (VIEWS.includes(text) ? text : undefined),
  step: number,
  at: number,
  from: number,
  top: (text) => (TOPS.includes(text) ? text : undefined),
  axis: (text) => (AXES.includes(text) ? text : undefined),
  zoom: (text) => (rangeOf(text) ? text : undefined),
  order: (text) => (ORDERS.includes(text) ? text : undefined),
  neuron: (text) => (/^\d{1,9}:\d{1,9}$/.test(text) ? text : undefined),
};

function number(text) {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Takes the choice from the address. */
export function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  for (const [name, plain] of Object.entries(PLAIN)) {
    const text = parts.get(name);
    const read = READ[name] ?? ((value) => value.slice(0, 200));
    chosen[name] = text === null ? plain : (read(text) ?? plain);
  }
}

/** The address of a choice that differs from what is chosen. */
export function addressOf(other) {
  const all = { ...chosen, ...other };
  const parts = new URLSearchParams();
  for (const [name, plain] of Object.entries(PLAIN)) {
    if (all[name] !== plain && all[name] !== null) {
      parts.set(name, all[name]);
    }
  }
  return `#${parts}`;
}

/** The address of another view, of what is chosen and nothing that belongs to this view alone. */
export function viewAddress(view, other = {}) {
  const { run, concept, step, top, axis, zoom } = chosen;
  return addressOf({ ...PLAIN, run, concept, step, top, axis, zoom, view, ...other });
}

/** The address of a neuron's page. */
export const neuronAddress = (neuron, other = {}) =>
  viewAddress("neuron", { neuron: `${neuron.layer}:${neuron.unit}`, ...other });

/** Chooses, and puts it into the address and the history; in the place of what is there where asked. */
export function choose(other, inPlace = false) {
  const address = addressOf(other);
  Object.assign(chosen, other);
  const change = inPlace ? "replaceState" : "pushState";
  history[change](null, "", address === "#" ? location.pathname : address);
}

/** The run to show: the chosen one, else the one that was told of last. */
export function runOf(runs) {
  return (
    runs.find((r) => r.run === chosen.run) ??
    runs.reduce((a, b) => ((b.at ?? "") >= (a.at ?? "") ? b : a))
  ).run;
}

/**
 * The view, and the concept and step that it shows of a run; null where there is none. A view that
 * is of one concept shows the one that changed most where none is chosen; a concept without a view
 * is the concept's own.
 */
export function current(overview) {
  const named = overview.concepts.find((c) => c.concept === chosen.concept) ?? null;
  const row = named ?? (chosen.view === null ? null : worst(overview));
  const view = row === null ? "overview" : (chosen.view ?? "concept");
  const steps = row?.points.map((p) => p.step) ?? [];
  const step = steps.includes(chosen.step) ? chosen.step : (steps.at(-1) ?? null);
  return { view, row, concept: row?.concept ?? null, step };
}

/** The concept that changed most. */
export const worst = ({ concepts }) =>
  [...concepts].sort((a, b) => severity(a.said?.verdict) - severity(b.said?.verdict))[0] ?? null;

/** What was asked for and is not there. */
export function missing(overview, { row, step }) {
  if (chosen.run !== null && chosen.run !== overview.run) {
    return `There is no run ${chosen.run} here; ${overview.run} is shown instead.`;
  }
  if (chosen.concept !== null && row?.concept !== chosen.concept) {
    const instead = row === null ? "all that it has are shown" : `${row.concept} is shown instead`;
    return `Run ${overview.run} has no concept ${chosen.concept}; ${instead}.`;
  }
  if (row !== null && chosen.step !== null && chosen.step !== step && step !== null) {
    return `${row.concept} is not ranked at step ${chosen.step}; step ${step} is shown instead.`;
  }
  return "";
}

/** Fills the list of runs. */
export function showRuns(runs, run) {
  byId("run-label").hidden = runs.length === 0;
  fill(byId("run"), runs.map((r) => [r.run, r.run]), run);
}

/** The links to the views; the one that is shown is marked. */
export function showViews(overview, { view }) {
  const concept = chosen.concept ?? worst(overview)?.concept ?? null;
  for (const link of byId("views").querySelectorAll("a")) {
    const to = link.dataset.view;
    link.href = to === "overview" ? viewAddress(null, { concept: null, step: null }) : viewAddress(to === "concept" ? null : to, { concept });
    const here = to === view || (to === "neurons" && view === "neuron");
    link.toggleAttribute("aria-current", false);
    if (here) {
      link.setAttribute("aria-current", to === view ? "page" : "true");
    }
  }
  byId("views").hidden = overview.concepts.length === 0;
}

/** Fills the lists of a view; a list that did not change is left alone, it may be open. */
export function showChoice(overview, { view, row, concept, step }) {
  fill(byId("concept"), overview.concepts.map((c) => [c.concept, c.concept]), concept);
  const steps = row.points.map((p) => p.step);
  const latest = steps.length === 0 ? "none yet" : `latest (${steps.at(-1)})`;
  const names = row.points.toReversed().map((p) => [String(p.step), stepText(overview, p)]);
  fill(byId("step"), [[LATEST, latest], ...names], steps.includes(chosen.step) ? String(step) : LATEST);
  byId("top").value = chosen.top;
  byId("top-label").hidden = view === "neuron";
}

/** A step with what it is. */
export const stepText = (overview, point) =>
  point.step + (point.step === overview.baselineStep ? ", baseline" : "") + (point.final ? "" : ", provisional");

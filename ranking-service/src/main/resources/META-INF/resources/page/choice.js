// Which run, concept and step is shown; kept in the address, so that it can be passed on.

import { byId, el } from "./dom.js";

/** The value of the step list that follows the newest result. */
export const LATEST = "latest";

const TOPS = ["10", "20", "50", "100"];

/** What the user chose; null where the page chooses. Without a concept all of them are shown. */
export const chosen = { run: null, concept: null, step: null, top: "20" };

/** Takes the choice from the address. */
export function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  chosen.run = parts.get("run");
  chosen.concept = parts.get("concept");
  const step = parts.get("step") ?? "";
  chosen.step = /^\d{1,15}$/.test(step) ? Number(step) : null;
  chosen.top = TOPS.includes(parts.get("top")) ? parts.get("top") : "20";
}

/** The address of a choice that differs from what is chosen. */
export function addressOf(other) {
  const all = { ...chosen, ...other };
  const parts = new URLSearchParams();
  for (const name of ["run", "concept", "step"]) {
    if (all[name] !== null) {
      parts.set(name, all[name]);
    }
  }
  if (all.top !== "20") {
    parts.set("top", all.top);
  }
  return `#${parts}`;
}

/** Chooses, and puts it into the address and the history. */
export function choose(other) {
  const address = addressOf(other);
  Object.assign(chosen, other);
  history.pushState(null, "", address === "#" ? location.pathname : address);
}

/** The run to show: the chosen one, else the one that was told of last. */
export function runOf(runs) {
  return (
    runs.find((r) => r.run === chosen.run) ??
    runs.reduce((a, b) => ((b.at ?? "") >= (a.at ?? "") ? b : a))
  ).run;
}

/** The concept and step to show of a run; null where there is none. */
export function current(overview) {
  const row = overview.concepts.find((c) => c.concept === chosen.concept) ?? null;
  const steps = row?.points.map((p) => p.step) ?? [];
  const step = steps.includes(chosen.step) ? chosen.step : (steps.at(-1) ?? null);
  return { row, concept: row?.concept ?? null, step };
}

/** What was asked for and is not there. */
export function missing(runs, overview, { row, step }) {
  if (chosen.run !== null && chosen.run !== overview.run) {
    return `There is no run ${chosen.run} here; ${overview.run} is shown instead.`;
  }
  if (chosen.concept !== null && row === null) {
    return `Run ${overview.run} has no concept ${chosen.concept}; all that it has are shown.`;
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

/** Fills the lists of a concept's view; a list that did not change is left alone, it may be open. */
export function showChoice(overview, { row, concept, step }) {
  fill(byId("concept"), overview.concepts.map((c) => [c.concept, c.concept]), concept);
  const steps = row.points.map((p) => p.step);
  const latest = steps.length === 0 ? "none yet" : `latest (${steps.at(-1)})`;
  const names = row.points.toReversed().map((p) => [String(p.step), stepText(overview, p)]);
  fill(byId("step"), [[LATEST, latest], ...names], steps.includes(chosen.step) ? String(step) : LATEST);
  byId("top").value = chosen.top;
}

const stepText = (overview, point) =>
  point.step + (point.step === overview.baselineStep ? ", baseline" : "") + (point.final ? "" : ", provisional");

function fill(select, options, value) {
  const text = JSON.stringify(options);
  if (select.options.length !== options.length || select.dataset.options !== text) {
    select.replaceChildren(...options.map(([key, name]) => el("option", { value: key }, name)));
    select.dataset.options = text;
  }
  select.disabled = options.length === 0;
  if (value !== null) {
    select.value = value;
  }
}

// Which run, concept and step is shown; kept in the address, so that it can be passed on.

import { byId, el } from "./dom.js";

/** The value of the step list that follows the newest result. */
export const LATEST = "latest";

/** What the user chose; null where the page chooses. */
export const chosen = { run: null, concept: null, step: null, top: "20" };

/** Takes the choice from the address. */
export function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  chosen.run = parts.get("run");
  chosen.concept = parts.get("concept");
  const step = parts.get("step") ?? "";
  chosen.step = /^\d{1,15}$/.test(step) ? Number(step) : null;
}

/** Puts the choice into the address. */
export function writeAddress() {
  const parts = new URLSearchParams();
  for (const name of ["run", "concept", "step"]) {
    if (chosen[name] !== null) {
      parts.set(name, chosen[name]);
    }
  }
  const text = parts.toString();
  history.replaceState(null, "", text ? `#${text}` : location.pathname);
}

const newest = (run) => Math.max(0, ...run.steps.map((s) => (s.at ? Date.parse(s.at) : 0)));

/** The run, concept and step to show of these runs; concept and step are null where there is none. */
export function current(runs) {
  const run =
    runs.find((r) => r.run === chosen.run) ??
    runs.reduce((a, b) => (newest(b) >= newest(a) ? b : a));
  const concept = run.concepts.includes(chosen.concept) ? chosen.concept : (run.concepts[0] ?? null);
  const steps = rankedSteps(run, concept);
  const step = steps.includes(chosen.step) ? chosen.step : (steps.at(-1) ?? null);
  return { run, concept, step };
}

const rankedSteps = (run, concept) =>
  run.steps.filter((s) => s.concepts.some((c) => c.concept === concept)).map((s) => s.step);

/** Fills the lists; a list that did not change is left alone, it may be open. */
export function showChoice(runs, { run, concept, step }) {
  fill(byId("run"), runs.map((r) => [r.run, r.run]), run.run);
  const concepts = run.concepts.length === 0 ? [["", "none yet"]] : run.concepts.map((c) => [c, c]);
  fill(byId("concept"), concepts, concept);
  const steps = rankedSteps(run, concept);
  const latest = steps.length === 0 ? "none yet" : `latest (${steps.at(-1)})`;
  const options = [[LATEST, latest], ...steps.toReversed().map((s) => [String(s), stepText(run, concept, s)])];
  const picked = steps.includes(chosen.step) ? String(step) : LATEST;
  fill(byId("step"), options, picked);
}

function stepText(run, concept, number) {
  const step = run.steps.find((s) => s.step === number);
  const isFinal = step.concepts.find((c) => c.concept === concept).final;
  return number + (number === run.baselineStep ? ", baseline" : "") + (isFinal ? "" : ", provisional");
}

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

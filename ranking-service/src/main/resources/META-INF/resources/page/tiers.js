// The tiers of a checkpoint's work: which are done, which run, which wait.

import { el } from "./dom.js";

const STATES = {
  WAITING: ["·", "waits"],
  RUNNING: ["◐", "runs"],
  DONE: ["✓", "done"],
  FAILED: ["✕", "failed"],
};

/** All tiers of a step, in the order of their results; a version without tiers tells of none. */
export function tiers(step) {
  if (step.tiers.length === 0) {
    return "–";
  }
  return el("span", { class: "tiers" }, ...step.tiers.map(tier));
}

function tier(one) {
  const [sign, state] = STATES[one.state] ?? ["?", one.state.toLowerCase()];
  const part = one.state === "WAITING" && Number.isFinite(one.coverage);
  const now = part ? `there on ${Math.round(100 * one.coverage)} % of the words` : state;
  const far = one.state === "RUNNING" ? ` ${one.percent} %` : "";
  const seconds = Number.isFinite(one.estimatedSeconds) ? `, about ${duration(one.estimatedSeconds)}` : "";
  const why = one.message ? `: ${one.message}` : "";
  return el(
    "span",
    { class: `tier ${one.state.toLowerCase()}` },
    el("span", { "aria-hidden": "true" }, `${sign} `),
    `${one.tier} ${now}${far}${seconds}${why}`,
  );
}

function duration(seconds) {
  if (seconds < 1) {
    return "1 s";
  }
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

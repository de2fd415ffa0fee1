// The checkpoints of a run as one strip, and in words what is being done or failed.

import { sharedAxis } from "./axis.js";
import { byId, el, percent, replace, whole } from "./dom.js";

const STAGES = {
  ANNOUNCED: ["○", "announced"],
  EXTRACTING: ["▸", "extracting"],
  FITTING: ["◐", "fitting"],
  RANKED: ["✓", "ranked"],
  EVALUATED: ["✓✓", "evaluated"],
  FAILED: ["✕", "failed"],
  LOST: ["✕", "lost"],
};
const NUMBER_PIXELS = 90; // that a step of a strip takes
const MOST_LINES = 3;

/** A checkpoint of which no row came yet was only announced. */
const stageOf = (one) => (one.stage === "EXTRACTING" && one.rowsSeen === 0 ? "ANNOUNCED" : one.stage);

/** Name of a stage for people. */
export const stageName = (one) => STAGES[stageOf(one)]?.[1] ?? one.stage.toLowerCase();

/** Sign of a stage. */
export const stageSign = (one) => STAGES[stageOf(one)]?.[0] ?? "?";

/** How far the work on a checkpoint's present stage is, 0 to 1; null where that is not known. */
function done(one) {
  if (one.stage === "EXTRACTING") {
    return one.rowsTotal > 0 ? one.rowsSeen / one.rowsTotal : 0;
  }
  const running = one.tiers.find((tier) => tier.state === "RUNNING");
  return running ? running.percent / 100 : null;
}

/**
 * The strip.
 *
 * @param overview of the run
 * @param step that is shown
 * @param pick called with the step that is clicked
 * @param look called with the step that is pointed at, and with null
 */
export function showStrip(overview, step, pick, look) {
  const { baselineStep } = overview;
  const axis = sharedAxis();
  const checkpoints = overview.checkpoints.filter((c) => axis.holds(c.step));
  const every = Math.ceil((checkpoints.length * NUMBER_PIXELS) / (byId("strip").clientWidth || innerWidth));
  const keyed = checkpoints.find((c) => c.step === step)?.step ?? checkpoints.at(-1)?.step;
  const cells = checkpoints.map((one, place) => {
    const numbered = (checkpoints.length - 1 - place) % every === 0;
    const cell = cellOf(one, numbered, every === 1, one.step === baselineStep, one.step === keyed);
    cell.classList.toggle("shown", one.step === step);
    cell.addEventListener("click", () => pick(one.step));
    ["pointerenter", "focus"].forEach((on) => cell.addEventListener(on, () => look(one.step)));
    ["pointerleave", "blur"].forEach((on) => cell.addEventListener(on, () => look(null)));
    return cell;
  });
  replace(byId("strip"), ...cells);
  replace(byId("work"), ...work(overview.checkpoints));
}

/** Moves the focus along the strip. */
export function moveAlong(event) {
  const cells = [...byId("strip").children];
  const at = cells.indexOf(event.target);
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: cells.length - 1 }[event.key];
  if (at < 0 || to === undefined || !cells[to]) {
    return;
  }
  event.preventDefault();
  cells.forEach((cell) => (cell.tabIndex = -1));
  cells[to].tabIndex = 0;
  cells[to].focus();
}

function cellOf(one, numbered, named, baseline, reached) {
  const share = done(one);
  const far = share === null ? "" : ` ${percent(share, 0)}`;
  const name = `Step ${one.step}${baseline ? ", baseline" : ""}: ${stageName(one)}${far}`;
  const cell = el(
    "button",
    {
      type: "button",
      class: `cell ${stageOf(one).toLowerCase()}${named ? " named" : ""}`,
      "data-key": one.step,
      "aria-label": name,
      title: name,
      tabindex: reached ? 0 : -1,
    },
    el("span", { class: "fill", "aria-hidden": "true" }, named ? stageSign(one) : ""),
    el("span", { class: "number", "aria-hidden": "true" }, numbered ? one.step : ""),
  );
  cell.style.setProperty("--done", percent(share ?? 1, 0).replace(" ", ""));
  return cell;
}

/** What failed last, and what is being done, newest first. */
function work(checkpoints) {
  const newest = checkpoints.toReversed();
  const failed = newest.filter(hasFailed);
  const lines = [...failed.slice(0, 1), ...newest.filter((c) => !hasFailed(c)), ...failed.slice(1)]
    .map(lineOf)
    .filter(Boolean);
  const shown = lines.slice(0, MOST_LINES);
  if (lines.length > shown.length) {
    shown.push(el("li", {}, `${lines.length - shown.length} more in the list of all checkpoints, below`));
  }
  return shown;
}

const hasFailed = (one) => one.stage === "FAILED" || one.stage === "LOST";

function lineOf(one) {
  if (hasFailed(one)) {
    const why = [one.message, one.reason && `(${one.reason})`].filter(Boolean).join(" ");
    return el("li", { class: "bad" }, `✕ Step ${one.step} ${stageName(one)}: ${why}`);
  }
  if (one.stage === "EXTRACTING") {
    const rows = one.rowsTotal > 0 ? ` ${percent(one.rowsSeen / one.rowsTotal, 0)}, ${whole(one.rowsSeen)} of ${whole(one.rowsTotal)} words` : "";
    return el("li", {}, `Step ${one.step} ${stageName(one)}${rows}`);
  }
  const running = one.tiers.find((tier) => tier.state === "RUNNING");
  if (running) {
    return el("li", {}, `Step ${one.step} ${stageName(one)}: ${running.tier} ${running.percent} %${left(running)}`);
  }
  return one.stage === "FITTING" ? el("li", {}, `Step ${one.step} fitting`) : null;
}

const left = ({ estimatedSeconds }) =>
  Number.isFinite(estimatedSeconds) ? ` of about ${Math.max(1, Math.round(estimatedSeconds))} s` : "";

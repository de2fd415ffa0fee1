// How far each checkpoint of a run is.

import { byId, clock, el, notice, percent, replace, table, whole } from "./dom.js";
import { tiers } from "./tiers.js";

const STAGES = {
  EXTRACTING: ["▸", "extracting"],
  FITTING: ["◐", "fitting"],
  RANKED: ["✓", "ranked"],
  EVALUATED: ["✓", "evaluated"],
  FAILED: ["✕", "failed"],
  LOST: ["✕", "lost"],
};

const running = (step) => step.stage === "EXTRACTING" || step.stage === "FITTING";

/** Name of a stage for people. */
export const stageName = (step) => STAGES[step.stage]?.[1] ?? step.stage.toLowerCase();

/** The checkpoints of a run, newest first; pick is called with the step that is clicked. */
export function showProgress(run, chosen, pick) {
  notice(byId("progress-summary"), summary(run));
  const rows = run.steps.toReversed().map((step) => ({
    current: step.step === chosen,
    className: step.step === chosen ? "chosen" : null,
    cells: [stepCell(run, step, pick), stage(step), tiers(step), rowsCell(step), conceptsCell(step), remark(step)],
  }));
  const columns = ["Step", "Stage", "Tiers", "Rows", "Results", "Remarks"].map((title) => ({ title }));
  replace(byId("progress"), table("Checkpoints of the run, newest first", columns, rows));
}

function summary(run) {
  const counts = Object.keys(STAGES)
    .map((stage) => [STAGES[stage][1], run.steps.filter((s) => s.stage === stage).length])
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`);
  const baseline = Number.isFinite(run.baselineStep) // left out before the first ranking
    ? `; drift is measured against step ${run.baselineStep}`
    : "";
  return `${run.steps.length} of run ${run.run}: ${counts.join(", ")}${baseline}.`;
}

function stepCell(run, step, pick) {
  const baseline = step.step === run.baselineStep ? " (baseline)" : "";
  if (step.concepts.length === 0) {
    return el("span", { class: "step" }, String(step.step), baseline);
  }
  const button = el(
    "button",
    { type: "button", class: "link", "data-key": step.step, "aria-label": `Show step ${step.step}` },
    step.step,
  );
  button.addEventListener("click", () => pick(step.step));
  return el("span", { class: "step" }, button, baseline);
}

function stage(step) {
  const [sign] = STAGES[step.stage] ?? ["?"];
  const look = `stage ${step.stage.toLowerCase()}`;
  return el("span", { class: look }, el("span", { "aria-hidden": "true" }, `${sign} `), stageName(step));
}

function rowsCell(step) {
  if (step.rowsTotal === 0) {
    return step.rowsSeen > 0 ? whole(step.rowsSeen) : "–";
  }
  const count = `${whole(step.rowsSeen)} / ${whole(step.rowsTotal)}`;
  if (!running(step)) {
    return count;
  }
  const label = `Rows of step ${step.step}`;
  return el(
    "span",
    {},
    el("progress", { max: step.rowsTotal, value: step.rowsSeen, "aria-label": label }),
    ` ${count}`,
  );
}

function conceptsCell(step) {
  if (step.concepts.length === 0) {
    return "–";
  }
  const parts = step.concepts.map((c) =>
    c.final
      ? el("span", {}, `${c.concept} ${percent(c.accuracy)}`)
      : el("span", { class: "prov" }, `${c.concept}: provisional at ${percent(c.coverage, 0)}`),
  );
  return el("span", { class: "results" }, ...parts);
}

function remark(step) {
  const parts = [];
  if (step.message || step.reason) {
    parts.push([step.message, step.reason && `(${step.reason})`].filter(Boolean).join(" "));
  }
  if (step.truncatedWords > 0) {
    parts.push(`${whole(step.truncatedWords)} words truncated`);
  }
  if (step.droppedWords > 0) {
    parts.push(`${whole(step.droppedWords)} words dropped`);
  }
  if (step.at) {
    parts.push(clock(step.at));
  }
  return parts.join("; ");
}

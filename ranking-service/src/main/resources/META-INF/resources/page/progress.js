// How far each checkpoint of a run is.

import { byId, clock, el, notice, replace, table, whole } from "./dom.js";
import { stageName, stageSign } from "./strip.js";
import { tiers } from "./tiers.js";

const running = (step) => step.stage === "EXTRACTING" || step.stage === "FITTING";

/** The checkpoints of a run, newest first; pick is called with the step that is clicked. */
export function showProgress(run, chosen, pick) {
  notice(byId("progress-summary"), summary(run));
  const ranked = new Set(run.concepts.flatMap((c) => c.points.map((p) => p.step)));
  const rows = run.checkpoints.toReversed().map((step) => ({
    current: step.step === chosen,
    className: step.step === chosen ? "chosen" : null,
    cells: [stepCell(run, step, ranked.has(step.step), pick), stage(step), tiers(step), rowsCell(step), remark(step)],
  }));
  const columns = ["Step", "Stage", "Tiers", "Words", "Remarks"].map((title) => ({ title }));
  replace(byId("progress"), table("Checkpoints of the run, newest first", columns, rows));
}

function summary(run) {
  const names = [...new Set(run.checkpoints.map(stageName))];
  const counts = names.map((name) => `${run.checkpoints.filter((c) => stageName(c) === name).length} ${name}`);
  return `${run.checkpoints.length} of run ${run.run}: ${counts.join(", ")}.`;
}

function stepCell(run, step, ranked, pick) {
  const baseline = step.step === run.baselineStep ? " (baseline)" : "";
  if (!ranked) {
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
  const look = `stage ${step.stage.toLowerCase()}`;
  return el("span", { class: look }, el("span", { "aria-hidden": "true" }, `${stageSign(step)} `), stageName(step));
}

function rowsCell(step) {
  if (step.rowsTotal === 0) {
    return step.rowsSeen > 0 ? whole(step.rowsSeen) : "–";
  }
  const count = `${whole(step.rowsSeen)} / ${whole(step.rowsTotal)}`;
  if (!running(step)) {
    return count;
  }
  const label = `Words of step ${step.step}`;
  return el(
    "span",
    {},
    el("progress", { max: step.rowsTotal, value: step.rowsSeen, "aria-label": label }),
    ` ${count}`,
  );
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

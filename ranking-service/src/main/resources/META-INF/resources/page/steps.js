// Which checkpoints there are and how far each one is.
import { clock, count, el, percent } from "./dom.js";

const SIGNS = { EXTRACTING: "…", FITTING: "…", RANKED: "✓", FAILED: "✕", LOST: "!" };

/** How far a checkpoint is: {stage, sign, text, share (null when not known), trouble}. */
export function progress(step) {
  const status = step.status;
  const shown = [...step.concepts.values()].filter((concept) => concept.neurons).map((concept) => concept.neurons);
  const waiting = shown.filter((neurons) => !neurons.final);
  const stage = status?.stage ?? (waiting.length === 0 ? "RANKED" : "FITTING");
  const provisional = waiting.length > 0
    ? `provisional at ${percent(Math.min(...waiting.map((neurons) => neurons.coverage)))}`
    : "";
  const far = { stage, sign: SIGNS[stage] ?? "", share: null, trouble: "" };
  switch (stage) {
    case "EXTRACTING":
      far.share = status.rowsTotal > 0 ? status.rowsSeen / status.rowsTotal : 0;
      far.text = join(`extracting ${count(status.rowsSeen)} of ${status.rowsTotal > 0 ? count(status.rowsTotal) : "?"} words`, provisional);
      break;
    case "FITTING":
      far.text = join("fitting", provisional);
      break;
    case "RANKED":
      far.text = "ranked";
      break;
    default:
      far.text = stage.toLowerCase();
      far.trouble = [status.message, status.reason && `(${status.reason})`].filter(Boolean).join(" ");
  }
  return far;
}

const join = (...parts) => parts.filter(Boolean).join(" · ");

/** One line on what is going on right now. */
export function nowText(steps) {
  const going = steps.filter((step) => ["EXTRACTING", "FITTING"].includes(progress(step).stage));
  const ranked = steps.filter((step) => progress(step).stage === "RANKED").length;
  const done = `${ranked} of ${steps.length} ranked`;
  return going.length === 0 ? done : join(...going.slice(0, 2).map((step) => `step ${count(step.step)}: ${progress(step).text}`), done);
}

/** The list of checkpoints; one can be chosen. */
export function stepList(steps, chosen, baseline, choose) {
  return steps.map((step) => {
    const far = progress(step);
    const current = step.step === chosen;
    return el(
      "li",
      { class: "step", "data-stage": far.stage },
      el(
        "button",
        { type: "button", "aria-pressed": String(current), "data-focus": `step-${step.step}`, onclick: () => choose(step.step), title: step.status?.at ? `as of ${clock(step.status.at)}` : null },
        el("span", { class: "sign", "aria-hidden": "true" }, far.sign),
        el("span", { class: "number" }, `step ${count(step.step)}`),
        step.step === baseline ? el("span", { class: "tag" }, "baseline") : null,
        el("span", { class: "far" }, far.text)),
      far.share === null ? null : el("progress", { max: 1, value: far.share, "aria-label": `extraction of step ${step.step}` }),
      far.trouble ? el("p", { class: "trouble" }, far.trouble) : null);
  });
}

// What the Trainer logged up to each checkpoint, as lines on the axis of the rows: loss, metrics, learning rate.

import { byId, el, isNumber, replace } from "./dom.js";
import { spark } from "./spark.js";

const MOST = 3; // lines beside each other, as a row of concepts has
const NAMES = { loss: "Training loss", learning_rate: "Learning rate", eval_loss: "Evaluation loss" };
const FIRST = ["loss", "eval_accuracy", "eval_f1", "eval_loss"]; // before others

/** The lines; scale of the axis of steps, pointed is the step that is pointed at, null for none. */
export function showTraining({ checkpoints }, scale, pointed) {
  const logged = checkpoints.filter((c) => c.training);
  byId("training").hidden = logged.length === 0;
  if (logged.length === 0) {
    return;
  }
  const shown = logged.filter((c) => pointed === null || c.step <= pointed);
  const title = el("div", { class: "name" }, el("h3", {}, "Training"), el("small", { class: "muted" }, epoch(shown.at(-1))));
  replace(byId("training"), title, ...first(logged).map((name) => curve(name, logged, shown, scale)));
}

/** Those that people ask for first; the learning rate last. */
function first(logged) {
  const names = [...new Set(logged.flatMap((c) => Object.keys(c.training.values)))];
  const rank = (name) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  const others = names.filter((name) => name !== "learning_rate" && name !== "grad_norm").sort((a, b) => rank(a) - rank(b));
  return names.includes("learning_rate") ? [...others.slice(0, MOST - 1), "learning_rate"] : others.slice(0, MOST);
}

const epoch = (checkpoint) => (isNumber(checkpoint?.training.epoch) ? `epoch ${checkpoint.training.epoch.toFixed(2)}` : "by the Trainer's log");

const nameOf = (name) => NAMES[name] ?? name.replace(/^eval_/, "Evaluation ").replaceAll("_", " ");

function curve(name, logged, shown, scale) {
  const values = logged.map((c) => ({ step: c.step, value: c.training.values[name] })).filter((p) => isNumber(p.value));
  const log = /loss$/.test(name) && values.every((p) => p.value > 0); // a loss falls by orders
  const points = values.map((p) => ({ step: p.step, value: log ? Math.log10(p.value) : p.value }));
  const now = shown.map((c) => c.training.values[name]).filter(isNumber).at(-1);
  return el(
    "div",
    { class: "metric" },
    el(
      "div",
      { class: "figure" },
      el("span", { class: "label" }, nameOf(name), log ? ", log" : ""),
      el("span", { class: "value" }, isNumber(now) ? short(now) : "–"),
    ),
    el("div", { class: "spark" }, spark(scale, { points, level: null, least: 1e-12 })),
  );
}

/** Three digits after the point, or powers of ten where these say nothing. */
function short(value) {
  const plain = value === 0 || (Math.abs(value) >= 0.01 && Math.abs(value) < 10000);
  return plain ? value.toFixed(3) : value.toExponential(1).replace("-", "−");
}

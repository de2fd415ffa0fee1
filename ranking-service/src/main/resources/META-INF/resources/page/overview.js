// The first screen of a run: a row per concept, each figure with its line over steps.

import { sharedAxis } from "./axis.js";
import { byId, el, fixed, isNumber, percent, replace, signed } from "./dom.js";
import { hundredths, spark } from "./spark.js";
import { showTraining } from "./training.js";
import { lookOf } from "./verdict.js";

let drawn = new Map(); // concept -> {text, row}: a row that did not change is left as it is
let scale = null;
let pointed = null; // the step that is pointed at
let shown = null;

/** The rows of a run; address gives the link of a concept. */
export function showRows(overview, address) {
  shown = overview;
  const steps = overview.checkpoints.map((c) => c.step);
  const none = overview.concepts.length === 0 || steps.length === 0;
  byId("rows").hidden = none;
  byId("rows-none").hidden = !none;
  byId("rows-none").textContent = nothing(overview);
  if (none) {
    byId("training").hidden = true;
    return;
  }
  scale = hundredths(sharedAxis());
  if (pointed !== null && !scale.axis.holds(pointed)) {
    pointed = null; // it is out of view now
    byId("overview").classList.remove("pointed");
  }
  showTraining(overview, scale, pointed);
  const rows = overview.concepts.map((concept) => rowOf(concept, address(concept.concept)));
  const body = byId("rows").querySelector("tbody");
  if (!body) {
    drawTable(rows);
  } else if (rows.length !== body.children.length || rows.some((row, i) => row !== body.children[i])) {
    replace(body, ...rows);
  }
  drawn = new Map([...drawn].filter(([, { row }]) => rows.includes(row)));
  byId("axis").textContent = axisText();
}

function nothing({ checkpoints }) {
  const failed = checkpoints.some((c) => c.stage === "FAILED" || c.stage === "LOST");
  return failed
    ? "No concept has a result: the reason stands above. Mend it and announce the checkpoint again."
    : "Concepts appear here with the first words of a checkpoint: an early ranking after a tenth of them, a fit when all have come.";
}

function axisText() {
  const { axis } = scale;
  const named = (step) => (axis.kind === "step" ? `step ${step}` : `step ${step} (${axis.kind === "epoch" ? "epoch " : ""}${axis.label(step)})`);
  return pointed === null
    ? `Lines: ${named(axis.first)} to ${axis.kind === "step" ? axis.last : named(axis.last)}. Figures: the latest of each. Point at a line for those of a step, drag over one to look closer.`
    : `Figures at ${named(pointed)}`;
}

function drawTable(rows) {
  const heads = [
    ["Concept", ""],
    ["Verdict", "against the baseline"],
    ["Accuracy", "of the probe, % of test words"],
    ["Similarity ρ", "of rankings beyond noise; 1: no drift"],
    ["Mean layer", "of the top neurons"],
  ].map(([title, note]) =>
    el("th", { scope: "col", role: "columnheader" }, title, note ? el("small", {}, note) : null),
  );
  const table = el(
    "table",
    { class: "grid-table", role: "table" },
    el("caption", { id: "axis" }),
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...heads)),
    el("tbody", { role: "rowgroup" }, ...rows),
  );
  table.addEventListener("pointermove", (event) => {
    const field = event.target.closest?.(".spark")?.getBoundingClientRect();
    point(field ? scale.nearest((100 * (event.clientX - field.left)) / field.width) : null);
  });
  table.addEventListener("pointerleave", () => point(null));
  replace(byId("rows"), table);
}

/** Shows the figures of a step, or with null the latest. */
export function point(step) {
  if (step === pointed || !scale || !byId("axis")) {
    return;
  }
  pointed = step;
  const rows = byId("overview");
  rows.classList.toggle("pointed", step !== null);
  rows.style.setProperty("--at", step === null ? "0%" : `${scale.x(step)}%`);
  byId("axis").textContent = axisText();
  showTraining(shown, scale, step);
  for (const { row, concept } of drawn.values()) {
    row.querySelectorAll(".figure").forEach((old, i) => old.replaceWith(figures(concept)[i]));
  }
}

function rowOf(concept, href) {
  const text = JSON.stringify([concept, href, scale.axis.key, shown.baselineStep]);
  const before = drawn.get(concept.concept);
  if (before?.text === text) {
    return before.row;
  }
  const cells = [
    el("th", { scope: "row", role: "rowheader" }, el("a", { href, "data-key": concept.concept }, concept.concept)),
    el("td", { role: "cell" }, ...verdict(concept)),
    ...figures(concept).map((figure, i) =>
      el("td", { role: "cell" }, el("div", { class: "metric" }, figure, el("div", { class: "spark" }, lines(concept)[i]))),
    ),
  ];
  const focused = before?.row.contains(document.activeElement);
  const row = el("tr", { role: "row" }, ...cells);
  drawn.set(concept.concept, { text, row, concept });
  if (focused) {
    before.row.replaceWith(row);
    row.querySelector("a").focus({ preventScroll: true });
  }
  return row;
}

function verdict(concept) {
  const { said, alarm } = concept;
  const [name, because] = said?.verdict ? told(said) : untold(concept);
  const rung = isNumber(alarm) ? el("span", { class: "alarm" }, `⚠ alarm since step ${alarm}; `) : null;
  return [name, el("span", { class: "why" }, rung, because)];
}

function told(said) {
  const { sign, tone, meaning } = lookOf(said.verdict);
  const name = el(
    "span",
    { class: `verdict ${tone}` },
    el("span", { "aria-hidden": "true" }, sign),
    ` ${said.verdict} `,
    el("span", { class: "since" }, `since step ${said.since}`),
  );
  return [name, meaning];
}

function untold(concept) {
  const { said, early, points } = concept;
  if (early && points.length === 0) {
    return [el("span", { class: "verdict open" }, `early, on ${percent(early.coverage, 0)} of the words`), earlyText(early)];
  }
  if (said?.pending) {
    return [el("span", { class: "verdict open" }, "… not yet"), "noise is being measured"];
  }
  if (said?.reason) {
    return [el("span", { class: "verdict open" }, "cannot be told"), said.reason];
  }
  return points.length > 0
    ? [el("span", { class: "verdict open" }, "baseline"), "verdicts begin with the next checkpoint"]
    : [el("span", { class: "verdict open" }, "… waits"), "for the first words of a checkpoint"];
}

const earlyText = ({ step, k, changed, otherStep }) =>
  isNumber(changed)
    ? `${changed} of the first ${k} neurons are others than at step ${otherStep}; the fit of step ${step} is to come`
    : `neurons ranked without a fit; the fit of step ${step} is to come`;

/** The last point up to the one pointed at that has such a figure. */
function pointAt(points, has) {
  return points.filter((p) => has(p) && (pointed === null || p.step <= pointed)).at(-1);
}

function figures(concept) {
  const { points } = concept;
  const base = points.find((p) => p.step === shown.baselineStep);
  return [accuracy(points, base), similarity(points), layer(points, base)];
}

function figure(name, value, unit, note, state) {
  return el(
    "div",
    { class: "figure" },
    el("span", { class: "name" }, name),
    el("span", { class: "value" }, value, unit ? el("small", {}, ` ${unit}`) : null, state ? el("small", {}, ` ${state}`) : null),
    el("span", { class: "note" }, note),
  );
}

const provisional = (at) => (at && !at.final ? `on ${percent(at.coverage, 0)}` : "");

function accuracy(points, base) {
  const at = pointAt(points, (p) => isNumber(p.accuracy));
  const from = base && at && base !== at ? `${signed(100 * (at.accuracy - base.accuracy), 1)} from ${fixed(100 * base.accuracy, 1)}` : "";
  return figure("Accuracy", at ? fixed(100 * at.accuracy, 1) : "–", at ? "%" : "", from || (at ? "baseline" : ""), provisional(at));
}

function similarity(points) {
  const at = pointAt(points, (p) => isNumber(p.drift?.similarity));
  if (!at) {
    return figure("Similarity ρ", "–", "", points.length > 1 ? "noise to come" : "", "");
  }
  const { similarity: rho, lower, upper } = at.drift;
  const limits = isNumber(lower) ? `${fixed(lower, 2)} to ${fixed(upper, 2)}` : "no limits";
  const late = pointed === null && at.step !== points.at(-1).step ? `at ${at.step}` : "";
  return figure("Similarity ρ", fixed(rho, 2), "", limits, late);
}

function layer(points, base) {
  const at = pointAt(points, () => true);
  const shift = at?.drift?.shift ?? (base && at && base !== at ? at.meanLayer - base.meanLayer : null);
  return figure("Mean layer", at ? fixed(at.meanLayer, 2) : "–", "", isNumber(shift) ? `${signed(shift, 2)} layers` : at ? "baseline" : "", provisional(at));
}

/** The three lines of a row, in the order of its figures. */
function lines({ points }) {
  const base = points.find((p) => p.step === shown.baselineStep);
  const of = (value, limits) =>
    points.map((p) => ({ step: p.step, value: value(p), open: !p.final, ...limits?.(p) }));
  return [
    spark(scale, { points: of((p) => p.accuracy), level: base?.accuracy, least: 0.1 }),
    spark(scale, {
      points: of((p) => p.drift?.similarity, (p) => ({ lower: p.drift?.lower, upper: p.drift?.upper })),
      level: points.some((p) => isNumber(p.drift?.similarity)) ? 0.9 : null,
      least: 0.3,
    }),
    spark(scale, { points: of((p) => p.meanLayer), level: base?.meanLayer, least: 0.5 }),
  ];
}

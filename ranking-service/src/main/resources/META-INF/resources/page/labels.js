// The labels of a concept at one step: sorted by any column, searched by name or neuron.

import { neuronAddress, viewAddress } from "./choice.js";
import { byId, el, fixed, isNumber, limits, placeOf, replace, signed, sortHead, table, whole } from "./dom.js";

const LABEL_NEURONS = 6;

let sorted = { by: "Label", down: false };
let shown = null;

/** The table; its order and search stay when another step is shown. */
export function showLabels(step) {
  const reports = new Map(step.labels.map((label) => [label.label, label]));
  const drifts = new Map((step.driftBaseline?.perLabel ?? []).map((label) => [label.label, label]));
  shown = {
    columns: columnsOf(step, drifts.size > 0),
    rows: step.ranking.perLabel.map((label) => ({
      label,
      f1: reports.get(label.label)?.f1,
      drift: drifts.get(label.label),
      neurons: label.neurons.slice(0, LABEL_NEURONS),
    })),
  };
  byId("label-search").oninput ??= draw;
  draw();
}

/** Title, value to sort by, and what a cell shows. */
function columnsOf(step, compared) {
  const since = [
    ["F1 at baseline", (r) => r.drift?.f1A, (r) => fixed(r.drift?.f1A, 2), true],
    ["Ranking since the baseline", (r) => r.drift?.judgement?.rho, (r) => ranking(r.drift)],
    ["Knowledge", (r) => r.drift?.knowledge?.lost?.ratio, (r) => knowledge(r.drift)],
  ];
  return [
    ["Label", (r) => r.label.label, (r) => name(r.label, step.minLabelCount)],
    ["Train words", (r) => r.label.count, (r) => whole(r.label.count), true],
    ["F1", (r) => r.f1, (r) => fixed(r.f1, 2), true],
    ...(compared ? since : []),
    ["Half of weight in", (r) => r.label.massSetSize, (r) => whole(r.label.massSetSize), true],
    ["Strongest neurons", null, (r) => el("span", { class: "units mono" }, ...r.neurons.map(weighted))],
  ].map(([title, value, cell, num]) => ({ title, value, cell, num }));
}

function name(label, least) {
  const link = el("a", { href: viewAddress("neurons", { label: label.label }), "data-key": `label ${label.label}` }, label.label);
  return label.belowMinimum ? el("span", {}, link, ` (fewer than ${least}: not in the ranking)`) : link;
}

function draw() {
  const wanted = byId("label-search").value.trim().toLowerCase();
  const by = shown.columns.find((c) => c.title === sorted.by) ?? shown.columns[0];
  const rows = shown.rows.filter((row) => isFound(row, wanted)).sort((a, b) => order(by.value(a), by.value(b)));
  const columns = shown.columns.map((c) => ({ title: c.value ? head(c) : c.title, num: c.num, sort: c === by && direction() }));
  byId("label-count").textContent = `${rows.length} of ${shown.rows.length} labels`;
  const cells = rows.map((row) => ({ cells: shown.columns.map((c) => c.cell(row)) }));
  replace(byId("labels"), table("Neurons of each label", columns, cells));
}

const direction = () => (sorted.down ? "descending" : "ascending");

/** What is not known stands last, whatever the order. */
function order(a, b) {
  if (!isNumber(a) || !isNumber(b)) {
    return Number(!isNumber(a)) - Number(!isNumber(b));
  }
  const up = typeof a === "string" ? a.localeCompare(b) : a - b;
  return sorted.down ? -up : up;
}

const isFound = ({ label, neurons }, wanted) =>
  label.label.toLowerCase().includes(wanted) || neurons.some((n) => placeOf(n) === wanted);

function head({ title, num }) {
  return sortHead(title, sorted.by === title && direction(), () => {
    sorted = { by: title, down: sorted.by === title ? !sorted.down : Boolean(num) };
    draw();
  });
}

/** How a label's own ranking moved, and what became of what was known of it. */
function ranking(drift) {
  const { judgement } = drift ?? {};
  const rho = isNumber(judgement?.rho) ? `, ρ ${fixed(judgement.rho, 2)}${limits(judgement)}` : "";
  return `${judgement?.outcome ?? "–"}${rho}`;
}

function knowledge(drift) {
  const { knowledge: known } = drift ?? {};
  const lost = known?.lost ? `, lost ${fixed(known.lost.ratio, 2)}${limits(known.lost)}` : "";
  return `${known?.state ?? "–"}${lost}`;
}

function weighted(neuron) {
  return el("span", {}, el("a", { href: neuronAddress(neuron) }, placeOf(neuron)), ` ${signed(neuron.weight, 2)}`);
}

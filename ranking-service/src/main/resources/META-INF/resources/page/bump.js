// Ranks of some neurons over steps: a line each, the most salient on top. Ranks behind the first
// ones stand pressed together below, and at the bottom what is not listed.

import { sharedAxis } from "./axis.js";
import { el, isNumber, placeOf, svg, table } from "./dom.js";
import { ends, nothingHere, scaleX, stepAxis, widthOf } from "./scale.js";

const MARGIN = { top: 14, right: 64, bottom: 36, left: 58 };
const ROW = 17;
const FURTHER = 4; // rows for ranks behind the first ones
const NAME = 40;

/**
 * The chart.
 *
 * @param holder element whose width is used
 * @param ranks {steps: [{step, final, listed}], neurons: [{layer, unit, ranks}], step: that is shown}
 * @param address of a neuron's page
 */
export function bump(holder, all, address) {
  const axis = sharedAxis();
  const ranks = inView(all, axis);
  if (ranks.steps.length === 0) {
    return [nothingHere()];
  }
  const width = widthOf(holder);
  const first = Math.max(ranks.neurons.length, 10);
  const listed = Math.max(first, ...ranks.steps.map((s) => s.listed));
  const further = listed > first ? FURTHER : 0;
  const rows = first + further + 1;
  const height = MARGIN.top + MARGIN.bottom + ROW * rows;
  const x = scaleX(axis, width, MARGIN);
  const y = (rank) => MARGIN.top + ROW * (isNumber(rank) ? row(rank) - 1 : rows - 1);
  const row = (rank) => (rank <= first ? rank : first + (FURTHER * (rank - first)) / (listed - first));
  const label = `Ranks of ${ranks.neurons.length} neurons over ${ranks.steps.length} steps; numbers in the table below`;
  const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": label, class: "bump", ...ends(width, MARGIN) });
  const mark = (rank, text) =>
    root.append(
      svg("line", { x1: MARGIN.left, x2: width - MARGIN.right, y1: y(rank), y2: y(rank), class: "grid" }),
      svg("text", { x: MARGIN.left - 10, y: y(rank) + 4, "text-anchor": "end" }, text),
    );
  [...new Set([1, 5, 10, 15, 20].filter((r) => r <= first))].forEach((r) => mark(r, r));
  if (further > 0) {
    mark(listed, listed);
  }
  mark(null, "no rank");
  stepAxis(root, axis, ranks.steps.map((s) => s.step), x, height - MARGIN.bottom + 18);
  root.append(svg("text", { x: (MARGIN.left + width - MARGIN.right) / 2, y: height - 4, "text-anchor": "middle" }, axis.title));
  if (axis.holds(ranks.step)) {
    const at = x(ranks.step);
    root.append(svg("line", { x1: at, x2: at, y1: MARGIN.top - 8, y2: height - MARGIN.bottom, class: "cursor" }));
  }
  root.append(...ranks.neurons.map((neuron) => lineOf(neuron, ranks, { x, y, width, address })));
  return [root, numbers(ranks)];
}

/** What of the ranks is in the part of the run that is looked at. */
function inView(ranks, axis) {
  const here = ranks.steps.map((s) => axis.holds(s.step));
  const kept = (list) => list.filter((_, i) => here[i]);
  return { ...ranks, steps: kept(ranks.steps), neurons: ranks.neurons.map((n) => ({ ...n, ranks: kept(n.ranks) })) };
}

function lineOf(neuron, { steps }, { x, y, width, address }) {
  const points = steps.map((s, i) => ({ at: x(s.step), rank: neuron.ranks[i], step: s.step }));
  const known = points.filter((p) => isNumber(p.rank));
  const name = placeOf(neuron);
  const before = known[0]?.rank;
  const look = isNumber(neuron.ranks[0]) ? "stayed" : "came";
  const title = `Neuron ${name}: rank ${before ?? "–"} at step ${known[0]?.step ?? "–"}, ${known.at(-1)?.rank ?? "–"} at step ${known.at(-1)?.step ?? "–"}`;
  const path = points.map((p) => `${p.at.toFixed(1)} ${y(p.rank).toFixed(1)}`).join("L");
  const last = points.at(-1);
  return svg(
    "a",
    { href: address(neuron), class: `bumped ${look}`, "aria-label": title, "data-key": `line ${name}` },
    svg("title", {}, title),
    svg("path", { d: `M${path}`, class: "reach" }),
    svg("path", { d: `M${path}`, class: "way" }),
    ...(steps.length > NAME ? [] : known.map((p) => svg("circle", { cx: p.at, cy: y(p.rank), r: 2.8 }))),
    isNumber(last.rank) ? svg("text", { x: width - MARGIN.right + 8, y: y(last.rank) + 4 }, name) : null,
  );
}

function numbers({ steps, neurons }) {
  const columns = [{ title: "Neuron" }, ...steps.map((s) => ({ title: String(s.step), num: true }))];
  const rows = neurons.map((neuron) => ({ cells: [placeOf(neuron), ...neuron.ranks.map((rank) => rank ?? "–")] }));
  return el("details", {}, el("summary", {}, "As a table"), el("div", { class: "scroll" }, table("Ranks by step", columns, rows)));
}

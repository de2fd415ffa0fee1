// How many of the first neurons lie in each layer at each step: a field per layer and step.

import { sharedAxis } from "./axis.js";
import { el, svg, table } from "./dom.js";
import { nothingHere, widthOf } from "./scale.js";

const MARGIN = { top: 4, right: 18, bottom: 36, left: 40 };
const ROW = 22;
const STEP_PIXELS = 52; // that the number of a step takes

/**
 * The field, deep layers on top, the fuller a cell the more neurons.
 *
 * @param holder element whose width is used
 * @param chart {title, layers: number[] by place, steps: [{step, counts: number[] by place, final}], chosen}
 */
export function heat(holder, { title, layers, steps: all, chosen }) {
  const axis = sharedAxis();
  const steps = all.filter((one) => axis.holds(one.step));
  if (steps.length === 0) {
    return [nothingHere()];
  }
  const width = widthOf(holder);
  const height = MARGIN.top + MARGIN.bottom + ROW * layers.length;
  const column = (width - MARGIN.left - MARGIN.right) / steps.length;
  const most = Math.max(1, ...steps.flatMap((s) => s.counts));
  const x = (place) => MARGIN.left + column * place;
  const y = (place) => MARGIN.top + ROW * (layers.length - 1 - place);
  const name = `${title}: ${layers.length} layers by ${steps.length} steps; numbers in the table below`;
  const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": name });
  steps.forEach((one, at) => one.counts.forEach((count, place) => root.append(cell(one, count, place, at))));
  layers.forEach((layer, place) =>
    root.append(svg("text", { x: MARGIN.left - 6, y: y(place) + ROW / 2 + 4, "text-anchor": "end" }, layer)),
  );
  const every = Math.ceil((steps.length * STEP_PIXELS) / (width - MARGIN.left));
  steps.forEach((one, at) => {
    if ((steps.length - 1 - at) % every === 0) {
      const below = { x: x(at) + column / 2, y: height - MARGIN.bottom + 16, "text-anchor": "middle" };
      root.append(svg("text", below, axis.label(one.step)));
    }
  });
  const middle = { x: (MARGIN.left + width) / 2, y: height - 4, "text-anchor": "middle" };
  root.append(svg("text", middle, axis.title));
  const key = `Darkest: ${most} neurons. On the left the layer (0: embeddings).`;
  return [root, el("p", { class: "muted key" }, key), numbers(title, layers, steps)];

  function cell(one, count, place, at) {
    const look = `heat${one.step === chosen ? " chosen" : ""}${one.final ? "" : " open"}`;
    const size = { x: x(at), y: y(place), width: Math.max(1, column - 1), height: ROW - 1 };
    const text = `step ${one.step}, layer ${layers[place]}: ${count}${one.final ? "" : ", provisional"}`;
    const share = (0.06 + 0.94 * (count / most)).toFixed(3);
    return svg("rect", { ...size, class: look, "fill-opacity": share }, svg("title", {}, text));
  }
}

function numbers(title, layers, steps) {
  const columns = ["Step", ...layers.map((layer) => `Layer ${layer}`)].map((name) => ({ title: name, num: true }));
  const rows = steps.map((one) => ({ cells: [one.step, ...one.counts] }));
  return el(
    "details",
    {},
    el("summary", {}, "As a table"),
    el("div", { class: "scroll" }, table(title, columns, rows)),
  );
}

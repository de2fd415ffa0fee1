// Bars and lines as SVG, drawn at the width there is, each with its numbers as a table.

import { sharedAxis } from "./axis.js";
import { el, fixed, isNumber, limits, percent, svg, table } from "./dom.js";
import { ends, nothingHere, scaleX, stepAxis, widthOf } from "./scale.js";

const HEIGHT = 230;
const MARGIN = { top: 10, right: 14, bottom: 36, left: 44 };
const MOST_MARKERS = 40; // more run into each other: then they are there for those who point at them

/** The series looks: dash (style.css), and a marker so that colour is not all that tells them apart. */
const MARKERS = [
  (x, y) => ["circle", { cx: x, cy: y, r: 3.5 }],
  (x, y) => ["rect", { x: x - 3.5, y: y - 3.5, width: 7, height: 7 }],
  (x, y) => ["path", { d: `M${x} ${y - 5}l4.5 8h-9z` }],
  null,
];

function marker(series, x, y, { open, title, quiet }) {
  const shape = MARKERS[series];
  if (!shape) {
    return null;
  }
  const [tag, attributes] = shape(x, y);
  const look = `dot s${series + 1}${open ? " open" : ""}${quiet ? " quiet" : ""}`;
  return svg(tag, { ...attributes, class: look }, title ? svg("title", {}, title) : null);
}

function swatch(series) {
  return svg(
    "svg",
    { width: 30, height: 14, viewBox: "0 0 30 14", "aria-hidden": "true" },
    svg("line", { x1: 1, x2: 29, y1: 7, y2: 7, class: `line s${series + 1}` }),
    marker(series, 15, 7, {}),
  );
}

const legend = (items) => el("ul", { class: "legend" }, ...items.map((i) => el("li", {}, ...i)));

function frame(width, title, more) {
  return svg("svg", {
    ...more,
    viewBox: `0 0 ${width} ${HEIGHT}`,
    width,
    height: HEIGHT,
    role: "img",
    "aria-label": title,
  });
}

function yAxis(root, width, ticks, y, format) {
  for (const tick of ticks) {
    root.append(
      svg("line", { x1: MARGIN.left, x2: width - MARGIN.right, y1: y(tick), y2: y(tick), class: "grid" }),
      svg("text", { x: MARGIN.left - 6, y: y(tick) + 4, "text-anchor": "end" }, format(tick)),
    );
  }
}

function axisTitle(root, width, text) {
  const x = (MARGIN.left + width - MARGIN.right) / 2;
  root.append(svg("text", { x, y: HEIGHT - 4, "text-anchor": "middle" }, text));
}

function nicely(from, to, most) {
  const raw = (to - from) / most || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const size = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= raw - 1e-12);
  const ticks = [];
  for (let i = Math.ceil(from / size - 1e-9); i * size <= to + 1e-9; i++) {
    ticks.push(Number((i * size).toPrecision(12)));
  }
  return ticks;
}

/**
 * Lines over steps.
 *
 * @param holder element whose width is used
 * @param chart {title, series: [{name, values: [{step, value, lower, upper, final, note}]}], band, limits, low,
 *     chosen, percent}; a value may be null; at most four series, the fourth as a plain guide; lower and upper, where
 *     there are any, are drawn as a field around the line, which limits names; band: {name, low, high}; percent: values
 *     are shares that are written in percent
 */
export function lines(holder, chart) {
  const width = widthOf(holder);
  const axis = sharedAxis();
  const series = chart.series.map((s) => ({ ...s, values: s.values.filter((p) => axis.holds(p.step)) }));
  const points = series.flatMap((s) => s.values);
  const known = points.filter((p) => p.value !== null && p.value !== undefined);
  if (known.length === 0) {
    const elsewhere = chart.series.some((s) => s.values.some((p) => isNumber(p.value)));
    return [elsewhere ? nothingHere() : el("p", { class: "muted" }, chart.none)];
  }
  const steps = [...new Set(points.map((p) => p.step))].sort((a, b) => a - b);
  const low = Math.min(chart.low, ...known.map((p) => Math.floor((p.lower ?? p.value) * 4) / 4));
  const x = scaleX(axis, width, MARGIN);
  const high = Math.max(1, ...known.map((p) => p.upper ?? p.value)); // limits of rho may be above 1
  const y = (v) => MARGIN.top + ((high - v) / (high - low)) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const root = frame(width, `${chart.title}: lines over ${steps.length} steps; numbers in the table below`, ends(width, MARGIN));
  yAxis(root, width, nicely(low, high, 5), y, (t) => (chart.percent ? `${Math.round(100 * t)} %` : String(Number(t.toFixed(2)))));
  if (chart.band) {
    root.append(bandOf(chart.band, width, y));
  }
  stepAxis(root, axis, steps, x, HEIGHT - MARGIN.bottom + 16);
  axisTitle(root, width, axis.title);
  if (steps.includes(chart.chosen)) {
    const at = x(chart.chosen);
    root.append(svg("line", { x1: at, x2: at, y1: MARGIN.top, y2: HEIGHT - MARGIN.bottom, class: "cursor" }));
  }
  const drawn = { ...chart, series, format: chart.percent ? percent : fixed };
  series.forEach((one, i) => root.append(...fieldOf(one, x, y), ...lineOf(one, i, x, y, drawn.format)));
  return [root, legendOf(drawn, known), numbers(drawn, steps)];
}

function bandOf(band, width, y) {
  const [x, top] = [MARGIN.left, y(band.high)];
  const size = { width: width - MARGIN.left - MARGIN.right, height: Math.max(1, y(band.low) - top) };
  const title = `${band.name}: ${fixed(band.low)} to ${fixed(band.high)}`;
  return svg("rect", { x, y: top, ...size, class: "band" }, svg("title", {}, title));
}

/** The limits around a line. */
function fieldOf(series, x, y) {
  const known = series.values.filter((p) => isNumber(p.lower) && isNumber(p.upper));
  if (known.length === 0) {
    return [];
  }
  const at = (p, value) => `${x(p.step).toFixed(1)} ${y(value).toFixed(1)}`;
  const outline = [...known.map((p) => at(p, p.upper)), ...known.toReversed().map((p) => at(p, p.lower))];
  return [svg("path", { class: "limits", d: `M${outline.join("L")}Z` })];
}

function lineOf(series, index, x, y, format) {
  const known = series.values.filter((p) => p.value !== null && p.value !== undefined);
  const path = known.map((p) => `${x(p.step).toFixed(1)},${y(p.value).toFixed(1)}`).join(" ");
  const dots = known.map((p) => {
    const state = p.final ? "" : ", provisional";
    const title = `${series.name} at step ${p.step}: ${format(p.value)}${limits(p)}${state}${p.note ? `, ${p.note}` : ""}`;
    return marker(index, x(p.step), y(p.value), { open: !p.final, title, quiet: known.length > MOST_MARKERS });
  });
  return [svg("polyline", { points: path, class: `line s${index + 1}` }), ...dots.filter(Boolean)];
}

function legendOf(chart, known) {
  const items = chart.series.flatMap((series, i) => (series.values.some((p) => isNumber(p.value)) ? [[swatch(i), series.name]] : []));
  if (chart.limits && known.some((p) => isNumber(p.lower))) {
    const look = { x: 1, y: 2, width: 28, height: 10, class: "limits" };
    items.push([svg("svg", { width: 30, height: 14, "aria-hidden": "true" }, svg("rect", look)), chart.limits]);
  }
  if (chart.band) {
    const look = { x: 1, y: 2, width: 28, height: 10, class: "band" };
    items.push([svg("svg", { width: 30, height: 14, "aria-hidden": "true" }, svg("rect", look)), chart.band.name]);
  }
  if (known.some((p) => !p.final)) {
    items.push(["hollow: provisional"]);
  }
  return legend(items);
}

function numbers(chart, steps) {
  const columns = [{ title: "Step", num: true }, ...chart.series.map((s) => ({ title: s.name, num: true }))];
  const rows = steps.map((step) => ({
    cells: [step, ...chart.series.map((s) => cell(s.values.find((p) => p.step === step), chart.format))],
  }));
  return el(
    "details",
    {},
    el("summary", {}, "As a table"),
    el("div", { class: "scroll" }, table(chart.title, columns, rows)),
  );
}

const cell = (point, format) => (point ? format(point.value) + limits(point) + (point.note ? `, ${point.note}` : "") + (point.final ? "" : " (provisional)") : "–");

/**
 * Bars by layer, two for each layer.
 *
 * @param holder element whose width is used
 * @param chart {title, names: [this, other], layers: number[] by place, counts: number[], other: number[] or null}
 */
export function bars(holder, chart) {
  const width = widthOf(holder);
  const { layers, counts, other } = chart;
  const most = Math.max(1, ...counts, ...(other ?? []));
  const y = (v) => MARGIN.top + (1 - v / most) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const root = frame(width, `${chart.title}: bars; numbers in the table below`);
  yAxis(root, width, nicely(0, most, 4).filter(Number.isInteger), y, String);
  const slot = (width - MARGIN.left - MARGIN.right) / counts.length;
  const every = Math.ceil(18 / slot);
  counts.forEach((count, place) => {
    const layer = layers[place];
    const from = MARGIN.left + place * slot;
    root.append(
      bar(from + slot * 0.12, slot * (other ? 0.36 : 0.76), y, count, "bar", `layer ${layer}: ${count}`),
    );
    if (other) {
      const title = `layer ${layer}, ${chart.names[1]}: ${other[place]}`;
      root.append(bar(from + slot * 0.52, slot * 0.36, y, other[place], "bar other", title));
    }
    if (place % every === 0) {
      const middle = { x: from + slot / 2, y: HEIGHT - MARGIN.bottom + 16, "text-anchor": "middle" };
      root.append(svg("text", middle, layer));
    }
  });
  const [left, right] = [MARGIN.left, width - MARGIN.right];
  root.append(svg("line", { x1: left, x2: right, y1: y(0), y2: y(0), class: "axis" }));
  axisTitle(root, width, "layer (0: embeddings)");
  return [root, barLegend(chart), barNumbers(chart)];
}

function bar(x, width, y, count, look, title) {
  const height = Math.max(0, y(0) - y(count));
  return svg("rect", { x, y: y(count), width, height, class: look }, svg("title", {}, title));
}

function barLegend(chart) {
  const looks = chart.other ? ["bar", "bar other"] : ["bar"];
  return legend(
    looks.map((look, i) => [
      svg(
        "svg",
        { width: 14, height: 14, "aria-hidden": "true" },
        svg("rect", { x: 1, y: 1, width: 12, height: 12, class: look }),
      ),
      chart.names[i],
    ]),
  );
}

function barNumbers(chart) {
  const names = chart.other ? chart.names : chart.names.slice(0, 1);
  const columns = [{ title: "Layer", num: true }, ...names.map((title) => ({ title, num: true }))];
  const rows = chart.counts.map((count, place) => ({
    cells: [chart.layers[place], count, ...(chart.other ? [chart.other[place]] : [])],
  }));
  return el("details", {}, el("summary", {}, "As a table"), table(chart.title, columns, rows));
}

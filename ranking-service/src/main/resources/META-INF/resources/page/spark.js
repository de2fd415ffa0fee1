// One small line over steps, on the axis that all share, so that what happened at one time stands at
// one place. Drawn on a field of 100 by 100 that stretches with its column.

import { isNumber, svg } from "./dom.js";

const MOST_DOTS = 24;

/** The axis in the hundredths of such a field. */
export const hundredths = (axis) => ({
  axis,
  x: (step) => 2 + 96 * axis.at(step),
  nearest: (hundredth) => axis.nearest((hundredth - 2) / 96),
});

/** Limits that hold all values, at least so far apart, with room around them. */
function limits(values, least) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const half = Math.max(least, (high - low) * 1.15) / 2;
  const middle = (low + high) / 2;
  return (value) => 100 - (100 * (value - middle + half)) / (2 * half);
}

/**
 * A line.
 *
 * @param scale of hundredths
 * @param chart {points: [{step, value, lower, upper, open}], level, least}: level is a value that
 *     all others are seen beside; least is what the field holds at least, in the values' unit
 */
export function spark(scale, { points, level, least }) {
  const known = points.filter((p) => isNumber(p.value) && scale.axis.holds(p.step));
  const root = svg("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" });
  if (known.length === 0) {
    return root;
  }
  const all = known.flatMap((p) => [p.value, p.lower, p.upper]).concat(level).filter(isNumber);
  const y = limits(all, least);
  const at = (step, value) => `${scale.x(step).toFixed(2)} ${y(value).toFixed(2)}`;
  if (isNumber(level)) {
    root.append(svg("path", { class: "level", d: `M0 ${y(level).toFixed(2)}H100` }));
  }
  const band = known.filter((p) => isNumber(p.lower) && isNumber(p.upper));
  if (band.length > 0) {
    const outline = [
      ...band.map((p) => at(p.step, p.upper)),
      ...band.toReversed().map((p) => at(p.step, p.lower)),
    ];
    root.append(svg("path", { class: "band", d: `M${outline.join("L")}Z` }));
  }
  root.append(svg("path", { class: "trace", d: `M${known.map((p) => at(p.step, p.value)).join("L")}` }));
  const dots = known.length > MOST_DOTS ? known.slice(-1) : known;
  dots.forEach((p) => root.append(...dot(at(p.step, p.value), p.open, p === known.at(-1))));
  return root;
}

/** A line of no length with round ends, which stays round however the field is stretched. */
function dot(place, open, last) {
  const look = last ? "dot last" : "dot";
  const full = svg("path", { class: look, d: `M${place}h0` });
  return open ? [full, svg("path", { class: "hole", d: `M${place}h0` })] : [full];
}

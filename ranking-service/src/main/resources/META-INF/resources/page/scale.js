// The axis of steps that charts share.

import { svg } from "./dom.js";

/** Pixels that a chart has. */
export const widthOf = (holder) => Math.max(260, Math.round(holder.clientWidth || 560));

/** Pixels of a step, by its number: steps that are far apart stand far apart. */
export function scaleX(steps, width, margin) {
  const [first, last] = [steps[0], steps.at(-1)];
  const inner = width - margin.left - margin.right - 16;
  return (step) =>
    margin.left + 8 + (first === last ? inner / 2 : ((step - first) / (last - first)) * inner);
}

/** The numbers of steps, as many as have room, the last one always. */
export function stepAxis(root, steps, x, y) {
  let free = Infinity;
  for (const step of steps.toReversed()) {
    const half = String(step).length * 3.6 + 4;
    if (x(step) + half <= free) {
      root.append(svg("text", { x: x(step), y, "text-anchor": "middle" }, step));
      free = x(step) - half;
    }
  }
}

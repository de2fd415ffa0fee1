// The axis that charts share, in the pixels of one of them.

import { el, svg } from "./dom.js";

/** Pixels that a chart has. */
export const widthOf = (holder) => Math.max(260, Math.round(holder.clientWidth || 560));

const INSET = 8;

/** In the place of a chart that has something elsewhere in the run. */
export const nothingHere = () => el("p", { class: "muted" }, "Nothing in this part of the run: look at the whole run, or at another part.");

/** Pixels of a step, by where it stands on the axis. */
export function scaleX(axis, width, margin) {
  const inner = width - margin.left - margin.right - 2 * INSET;
  return (step) => margin.left + INSET + axis.at(step) * inner;
}

/** Where the axis begins and ends in a chart, for those who drag over it. */
export const ends = (width, margin) => ({ "data-from": margin.left + INSET, "data-to": width - margin.right - INSET });

/** What steps are called on the axis: the last one, and before it every so many, as have room. */
export function stepAxis(root, axis, steps, x, y) {
  const texts = steps.toReversed().map((step) => ({ at: x(step), text: axis.label(step) }));
  const half = ({ text }) => text.length * 3.6 + 5;
  const apart = (some) => some.every((one, i) => i === 0 || one.at + half(one) <= some[i - 1].at - half(some[i - 1]));
  const every = (count) => texts.filter((_, i) => i % count === 0);
  let count = 1;
  while (count < texts.length && !apart(every(count))) {
    count++;
  }
  const few = every(count);
  const shown = few.length > 1 || texts.length < 2 ? few : greedy(texts, half);
  shown.forEach(({ at, text }) => root.append(svg("text", { x: at, y, "text-anchor": "middle" }, text)));
}

/** Where steps stand so unevenly that no even choice has two of them. */
function greedy(texts, half) {
  let free = Infinity;
  return texts.filter((one) => {
    const fits = one.at + half(one) <= free;
    free = fits ? one.at - half(one) : free;
    return fits;
  });
}

// Looking at a part of a run: by dragging over any line, by buttons, and by keys on the strip.

import { isKnown, rangeText, sharedAxis } from "./axis.js";
import { choose, chosen } from "./choice.js";
import { byId } from "./dom.js";

const DRAG_PIXELS = 6; // less is a click
const FIELDS = ".spark, svg[data-from]";

/** Shows which axis it is, and which part of the run. */
export function showAxis({ checkpoints }) {
  const axis = sharedAxis();
  byId("axis-bar").hidden = axis.all.length < 2;
  for (const option of byId("axis-kind").options) {
    option.disabled = !isKnown(checkpoints, option.value);
  }
  byId("axis-kind").value = axis.kind;
  byId("axis-part").textContent = part(axis);
  byId("axis-bar").classList.toggle("zoomed", axis.zoomed);
  const [first, last] = places(axis);
  const off = (id, when) => byId(id).setAttribute("aria-disabled", when); // it keeps the focus
  off("zoom-in", last - first < 2);
  off("zoom-out", !axis.zoomed);
  off("zoom-all", !axis.zoomed);
  off("zoom-before", first === 0);
  off("zoom-after", last === axis.all.length - 1);
}

function part(axis) {
  if (axis.missed) {
    return `no checkpoint in ${chosen.zoom}; all are shown`;
  }
  return axis.zoomed ? `steps ${axis.first} to ${axis.last}, ${axis.steps.length} of ${axis.all.length}` : "";
}

const places = ({ all, first, last }) => [all.indexOf(first), all.indexOf(last)];

/** Each button: the places that are shown after it. */
const MOVES = {
  "zoom-in": (first, last) => around(first, last, Math.max(2, Math.ceil((last - first + 1) / 2))),
  "zoom-out": (first, last) => around(first, last, 2 * (last - first + 1)),
  "zoom-all": () => [0, Infinity],
  "zoom-before": (first, last) => shifted(first, last, -1),
  "zoom-after": (first, last) => shifted(first, last, 1),
};
const KEYS = { "+": "zoom-in", "-": "zoom-out", 0: "zoom-all" };

/** So many checkpoints with the one that is shown or pointed at in the middle; the end stays where it is in view. */
function around(first, last, count) {
  const { all } = sharedAxis();
  const focused = all.indexOf(Number(document.activeElement?.dataset?.key ?? NaN));
  const shown = focused >= 0 ? focused : all.indexOf(chosen.step);
  const middle = shown >= first && shown <= last ? shown : last === all.length - 1 ? last : Math.round((first + last) / 2);
  const from = Math.max(0, Math.min(middle - Math.floor(count / 2), all.length - count));
  return [from, Math.min(all.length - 1, from + count - 1)];
}

function shifted(first, last, way) {
  const { all } = sharedAxis();
  const by = way * Math.max(1, Math.floor((last - first + 1) / 2));
  const from = Math.max(0, Math.min(first + by, all.length - 1 - (last - first)));
  return [from, from + last - first];
}

/** The places of the steps between two shares of the axis; at least two. */
function between(one, other) {
  const axis = sharedAxis();
  const [low, high] = [Math.min(one, other), Math.max(one, other)];
  const inside = axis.steps.filter((step) => axis.at(step) >= low && axis.at(step) <= high);
  const from = axis.all.indexOf(inside[0] ?? axis.nearest(low));
  const to = axis.all.indexOf(inside.at(-1) ?? axis.nearest(high));
  return to > from ? [from, to] : [Math.max(0, from - 1), Math.min(axis.all.length - 1, Math.max(1, to))];
}

let redraw = () => {};

function go([first, last]) {
  const { all } = sharedAxis();
  const focused = document.activeElement;
  choose({ zoom: rangeText(all, first, last) });
  redraw();
  if (focused?.closest("#axis-bar") && !sharedAxis().zoomed) {
    byId("zoom-in").focus(); // what it was on may be gone
  }
}

/** Listens; draw draws all of the page anew. */
export function listenZoom(draw) {
  redraw = draw;
  byId("axis-kind").addEventListener("change", ({ target: { value } }) => {
    choose({ axis: value });
    redraw();
  });
  for (const [id, move] of Object.entries(MOVES)) {
    byId(id).addEventListener("click", ({ currentTarget }) => {
      if (currentTarget.getAttribute("aria-disabled") !== "true") {
        go(move(...places(sharedAxis())));
      }
    });
  }
  byId("strip").addEventListener("keydown", (event) => {
    const id = event.ctrlKey || event.metaKey || event.altKey ? null : KEYS[event.key];
    if (id) {
      event.preventDefault();
      byId(id).click();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    const field = event.button === 0 ? event.target.closest?.(FIELDS) : null;
    if (field && sharedAxis().all.length > 2) {
      drag(field, event);
    }
  });
  // a line in a chart is a link, which browsers would drag away
  document.addEventListener("dragstart", (event) => event.target.closest?.(FIELDS) && event.preventDefault());
}

/** The share of the axis at a place of the window, by the field's own beginning and end of it. */
function shareIn(field) {
  const box = field.getBoundingClientRect();
  const pixels = field.viewBox ? box.width / field.viewBox.baseVal.width : box.width / 100;
  const [from, to] = field.dataset.from ? [Number(field.dataset.from), Number(field.dataset.to)] : [2, 98];
  return { box, of: (x) => (x - box.left - from * pixels) / ((to - from) * pixels) };
}

function drag(field, { clientX: begin, pointerId }) {
  const share = shareIn(field);
  const brush = byId("brush");
  const controller = new AbortController();
  const { signal } = controller;
  let dragged = false;
  const end = () => {
    controller.abort();
    brush.hidden = true;
  };
  const within = (x) => Math.min(share.box.right, Math.max(share.box.left, x));
  addEventListener(
    "pointermove",
    ({ clientX, pointerId: id }) => {
      dragged ||= Math.abs(clientX - begin) > DRAG_PIXELS;
      if (id !== pointerId || !dragged) {
        return;
      }
      getSelection()?.removeAllRanges();
      brush.hidden = false;
      const [left, right] = [begin, within(clientX)].sort((a, b) => a - b);
      Object.assign(brush.style, { left: `${left}px`, width: `${right - left}px`, top: `${share.box.top}px`, height: `${share.box.height}px` });
    },
    { signal },
  );
  addEventListener(
    "pointerup",
    ({ clientX }) => {
      end();
      if (dragged) {
        addEventListener("click", swallow, { capture: true, once: true });
        setTimeout(() => removeEventListener("click", swallow, { capture: true })); // where none follows
        go(between(share.of(begin), share.of(within(clientX))));
      }
    },
    { signal },
  );
  addEventListener("pointercancel", end, { signal });
  addEventListener("keydown", (event) => event.key === "Escape" && end(), { signal });
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

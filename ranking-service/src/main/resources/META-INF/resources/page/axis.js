// The axis that all charts share: steps, epochs or the clock, over the range of steps that is looked at.

import { isNumber } from "./dom.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What a kind of axis is called, and where the steps that it knows stand on it: [step, value], by step. */
const KINDS = {
  step: { title: "training step", known: () => [] },
  epoch: {
    title: "epoch",
    known: (checkpoints) => checkpoints.map((c) => [c.step, c.training?.epoch]).filter(([, epoch]) => isNumber(epoch)),
  },
  time: {
    title: "clock time at which a checkpoint was announced",
    known: (checkpoints) => {
      let last = -Infinity; // a checkpoint that was announced again does not turn the clock back
      return checkpoints
        .map((c) => [c.step, Date.parse(c.announcedAt ?? c.at ?? "")])
        .filter(([, time]) => !Number.isNaN(time))
        .map(([step, time]) => [step, (last = Math.max(last, time))]);
    },
  },
};

/** The range of a text such as 100-300, 100- or -300, both ends in it; null where it is none. */
export function rangeOf(text) {
  const [, from, to] = /^(\d{0,15})-(\d{0,15})$/.exec(text ?? "") ?? [];
  if (from === undefined || (from === "" && to === "")) {
    return null;
  }
  const range = { from: from === "" ? -Infinity : Number(from), to: to === "" ? Infinity : Number(to) };
  return range.from <= range.to ? range : null;
}

/** The text of a range of places in a list of steps: an end that is the list's own stays open, so that it moves with it. */
export function rangeText(steps, first, last) {
  const from = first <= 0 ? "" : steps[first];
  const to = last >= steps.length - 1 ? "" : steps[last];
  return from === "" && to === "" ? null : `${from}-${to}`;
}

/** The value at a step: between two known ones on the line through them, beyond them on the same line. */
function between(known, step) {
  if (known.length === 1) {
    return (known[0][1] * step) / (known[0][0] || 1);
  }
  const next = known.findIndex(([at]) => at >= step);
  const place = Math.max(1, next < 0 ? known.length - 1 : next);
  const [[fromStep, from], [toStep, to]] = [known[place - 1], known[place]];
  return from + ((to - from) * (step - fromStep)) / (toStep - fromStep);
}

const several = (known) => known.length > 0 && (known.length === 1 ? known[0][0] > 0 : known.at(-1)[1] > known[0][1]);

/** Whether there is enough to draw a kind of axis. */
export const isKnown = (checkpoints, kind) => kind === "step" || (several(KINDS[kind].known(checkpoints)) && (kind !== "time" || KINDS.time.known(checkpoints).length > 1));

/**
 * The axis of a run.
 *
 * @param checkpoints by step
 * @param wanted step, epoch or time; steps stand in for what is not known of the run
 * @param zoom text of a range of steps; null for all
 * @returns steps that are in view and all of them, first and last, holds(step), at(step) as a share of the way from
 *     first to last, nearest(share) as a step, label(step), title, and a key that is another when the axis is
 */
export function axisOf(checkpoints, wanted, zoom) {
  const all = checkpoints.map((c) => c.step);
  const range = rangeOf(zoom);
  const inside = range ? all.filter((step) => step >= range.from && step <= range.to) : all;
  const steps = inside.length > 0 ? inside : all;
  const kind = isKnown(checkpoints, wanted) ? wanted : "step";
  const known = KINDS[kind].known(checkpoints);
  const exact = kind === "step" ? (step) => step : (step) => Math.max(0, between(known, step));
  const values = new Map(all.map((step) => [step, exact(step)])); // asked for by each point of each line
  const value = (step) => values.get(step) ?? exact(step);
  const [first, last] = [steps[0], steps.at(-1)];
  const [low, high] = steps.length > 0 ? [value(first), value(last)] : [0, 0];
  const at = (step) => (high > low ? (value(step) - low) / (high - low) : 0.5);
  return {
    kind,
    steps,
    all,
    first,
    last,
    zoomed: steps.length < all.length,
    missed: range !== null && inside.length === 0,
    title: KINDS[kind].title,
    key: [kind, first, last, low, high, steps.length].join(" "),
    holds: (step) => step >= first && step <= last,
    at,
    nearest: (share) => steps.reduce((a, b) => (Math.abs(at(b) - share) < Math.abs(at(a) - share) ? b : a)),
    label: labels(kind, value, high - low),
  };
}

function labels(kind, value, span) {
  if (kind === "epoch") {
    return (step) => value(step).toFixed(span < 0.1 ? 3 : 2);
  }
  if (kind === "time") {
    return (step) => clockText(new Date(value(step)), span);
  }
  return String;
}

function clockText(time, span) {
  const clock = time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: span < HOUR ? "2-digit" : undefined });
  return span < DAY ? clock : `${time.toLocaleDateString("en-GB", { day: "numeric", month: "short" })} ${clock}`;
}

let shared = axisOf([], "step", null);

/** The axis that is drawn on now. */
export const sharedAxis = () => shared;

/** From here on this one is drawn on. */
export const shareAxis = (axis) => (shared = axis);

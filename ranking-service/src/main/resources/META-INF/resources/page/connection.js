// Whether what is on the page is what is so now: the stream, the answers, and what the service says of itself.

import * as api from "./api.js";
import { byId, clock, notice } from "./dom.js";

const CHECK_MILLIS = 20000;
const UNREADY_MILLIS = 3000;
const CROWDED =
  "stale, as other tabs of this browser hold all connections to the service (close some),";

let stream = null; // unknown until it first says
let reopen = null;
let reachable = true;
let lostSince = null;
let filled = false;

/** Opens the stream after a position, with the first answer. */
export function begin(position, happened) {
  filled = true;
  reopen ??= api.follow(position, happened, (state) => {
    stream = state;
    show();
  });
}

/** The service answers; if it did not before, the stream may have died with it without a word. */
export function answered() {
  notice(byId("problem"), "");
  if (!reachable) {
    reachable = true;
    reopen?.();
  }
  show();
}

/** An answer failed; what is no answer of the service is thrown again. */
export function failed(error) {
  if (error instanceof api.Problem && error.status === 0) {
    reachable = false;
    show();
    if (!filled) {
      notice(byId("problem"), error.message);
    }
    return;
  }
  notice(byId("problem"), error.message);
  if (!(error instanceof api.Problem)) {
    throw error;
  }
}

/** Says whether the page is live, and if not, since when. */
function show() {
  const element = byId("connection");
  if (stream === api.Stream.HIDDEN) {
    return; // nobody looks
  }
  const live = stream === api.Stream.LIVE && reachable;
  if (stream === null && lostSince === null && reachable) {
    return; // still connecting
  }
  lostSince = live ? null : (lostSince ?? new Date());
  element.className = `connection ${live ? "live" : "lost"}`;
  document.body.classList.toggle("stale", !live && filled);
  const text = live ? "live" : `${lost()} since ${clock(lostSince)}; trying again`;
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function lost() {
  if (stream === api.Stream.CROWDED) {
    return CROWDED;
  }
  return reachable ? "stale" : "connection lost";
}

/** Asks the service now and again what is wrong with it: it may answer and yet receive nothing. */
export async function check() {
  let next = CHECK_MILLIS;
  try {
    const text = document.hidden ? "" : await api.unready();
    notice(byId("unready"), text && `The service is not ready: ${text}.`);
    next = text ? UNREADY_MILLIS : CHECK_MILLIS;
  } catch {
    notice(byId("unready"), ""); // not reachable: told by the connection
  }
  setTimeout(check, next);
}

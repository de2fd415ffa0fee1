// Keeps what is shown in step with the service: one answer holds the first screen, the stream brings
// what changes in it. Only of the concept that is looked at more is asked for, when it changed.

import * as api from "./api.js";
import { addressOf, choose, chosen, current, LATEST, missing, readAddress, runOf, showChoice, showRuns } from "./choice.js";
import { byId, clock, notice } from "./dom.js";
import { showEarlyWarning } from "./early.js";
import { point, showRows } from "./overview.js";
import { showProgress } from "./progress.js";
import { showResult } from "./result.js";
import { showSeries } from "./series.js";
import { changed, runsAfter } from "./store.js";
import { moveAlong, showStrip, stageName } from "./strip.js";
import { headline, headlineOf } from "./verdict.js";

const SETTLE_MILLIS = 300; // changes of one concept come in bursts
const RETRY_MILLIS = 3000;
const CHECK_MILLIS = 20000;
const UNREADY_MILLIS = 3000;
const EARLY_NEURONS = 10;

let runs = null;
let overview = null;
let held = null; // changes that came while an overview is asked for
let stream = api.Stream.LOST;
let reopen = null;
let reachable = true;
let lostSince = null;
let drawing = false;
let waiting = null;
let asked = 0; // so that an answer that a later question overtook is not shown

/** Asks for everything that is on the page; later tries again while nobody answers. */
async function load() {
  const mine = ++asked;
  held = [];
  try {
    const known = await api.runs();
    const next = known.length > 0 ? await api.overview(runOf(known)) : null;
    if (mine !== asked) {
      return;
    }
    runs = known;
    overview = next;
    const missed = held;
    held = null;
    missed.forEach(apply);
    answered();
    draw();
    begin(next?.position ?? "");
    await detail();
  } catch (error) {
    if (mine === asked) {
      failed(error);
      setTimeout(load, RETRY_MILLIS);
    }
  }
}

/** Opens the stream with the first answer. */
function begin(position) {
  reopen ??= api.follow(position, happened, (state) => {
    stream = state;
    showConnection();
  });
}

function happened({ kind, change }) {
  if (kind === "reset") {
    load();
  } else if (held) {
    held.push(change);
  } else {
    apply(change);
    soon();
  }
}

function apply(change) {
  const before = runs;
  runs = runsAfter(runs, change);
  if (change.run !== overview?.run) {
    if (overview === null || (before !== runs && chosen.run === change.run)) {
      load();
    }
    return;
  }
  announce(overview, change);
  overview = changed(overview, change);
  if (change.concept && change.concept.concept === chosen.concept) {
    waiting ??= setTimeout(detail, SETTLE_MILLIS);
  }
}

/** Draws once for all that came since the last frame. */
function soon() {
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      draw();
    });
  }
}

function draw() {
  byId("empty").hidden = runs.length > 0;
  byId("filled").hidden = runs.length === 0;
  document.title = overview ? `${overview.run} – Salient` : "Salient";
  if (!overview) {
    showRuns(runs, null);
    return;
  }
  const now = current(overview);
  showRuns(runs, overview.run);
  notice(byId("missing"), missing(runs, overview, now));
  byId("headline").textContent = now.row ? headlineOf(now.row) : headline(overview);
  byId("facts").textContent = facts(overview);
  showStrip(overview, now.step, pickStep, point);
  showProgress(overview, now.step, pickStep);
  byId("overview").hidden = now.row !== null;
  byId("detail").hidden = now.row === null;
  if (now.row) {
    byId("back").href = addressOf({ concept: null, step: null });
    showChoice(overview, now);
  } else {
    showRows(overview, (concept) => addressOf({ concept }));
  }
}

function facts({ run, checkpoints, baselineStep, concepts }) {
  const upTo = checkpoints.length > 0 ? ` up to step ${checkpoints.at(-1).step}` : "";
  const against = Number.isFinite(baselineStep) ? `measured against step ${baselineStep}` : "nothing ranked so far";
  const count = (n, name) => `${n} ${name}${n === 1 ? "" : "s"}`;
  return `${run}: ${count(checkpoints.length, "checkpoint")}${upTo}, ${count(concepts.length, "concept")}, ${against}`;
}

/** What else is told of the concept that is looked at. */
async function detail() {
  clearTimeout(waiting);
  waiting = null;
  const { row, concept, step } = overview ? current(overview) : {};
  if (!row) {
    return;
  }
  const wanted = JSON.stringify([overview.run, concept, step, chosen.top]);
  try {
    const [series, result, warnings] = await Promise.all([
      step === null ? null : api.concept(overview.run, concept),
      step === null ? null : api.step(overview.run, concept, step, chosen.top),
      row.early ? api.earlyWarnings(overview.run, row.early.step, EARLY_NEURONS) : [],
    ]);
    const now = current(overview);
    if (wanted === JSON.stringify([overview.run, now.concept, now.step, chosen.top])) {
      showDetail(row, series, result, warnings);
    }
    answered();
  } catch (error) {
    failed(error);
    waiting ??= setTimeout(detail, RETRY_MILLIS);
  }
}

let drawn = null;

function showDetail(row, series, result, warnings) {
  showEarlyWarning(warnings, row.concept);
  notice(byId("waiting"), result || row.early ? "" : `${row.concept} has no result yet: an early ranking comes with the first tenth of a checkpoint's words.`);
  byId("result").hidden = result === null;
  drawn = result === null ? null : { result, series };
  drawDetail();
}

function drawDetail() {
  if (drawn) {
    showResult(drawn.result, drawn.series);
    showSeries(drawn.series, drawn.result.step);
  }
}

/** Tells a screen reader when a checkpoint reaches another stage, not each row. */
function announce(before, { step, checkpoint }) {
  const old = before.checkpoints.find((c) => c.step === step);
  if (checkpoint && old?.stage !== checkpoint.stage) {
    byId("announcer").textContent = `Step ${step}: ${stageName(checkpoint)}.`;
  }
}

/** Says whether what is on the page is what is so now, and if not, since when. */
function showConnection() {
  const element = byId("connection");
  if (stream === api.Stream.HIDDEN) {
    return; // nobody looks
  }
  const live = stream === api.Stream.LIVE && reachable;
  if (!live && lostSince === null && runs === null && reachable) {
    return; // still connecting
  }
  lostSince = live ? null : (lostSince ?? new Date());
  element.className = `connection ${live ? "live" : "lost"}`;
  document.body.classList.toggle("stale", !live && runs !== null);
  const text = live ? "live" : `${lost()} since ${clock(lostSince)}; trying again`;
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

const CROWDED =
  "stale, as other tabs of this browser hold all connections to the service (close some),";

function lost() {
  if (stream === api.Stream.CROWDED) {
    return CROWDED;
  }
  return reachable ? "stale" : "connection lost";
}

/** The service answers; if it did not before, the stream may have died with it without a word. */
function answered() {
  notice(byId("problem"), "");
  if (!reachable) {
    reachable = true;
    reopen?.();
  }
  showConnection();
}

function failed(error) {
  if (error instanceof api.Problem && error.status === 0) {
    reachable = false;
    showConnection();
    if (runs === null) {
      notice(byId("problem"), error.message);
    }
    return;
  }
  notice(byId("problem"), error.message);
  if (!(error instanceof api.Problem)) {
    throw error;
  }
}

/** What the service says of itself: it may answer and yet receive nothing. */
async function check() {
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

/** On the first screen a step is shown by the first concept that is ranked there. */
function pickStep(step) {
  const row = current(overview).row ?? overview.concepts.find((c) => c.points.some((p) => p.step === step));
  if (row) {
    choose({ concept: row.concept, step });
    picked();
  }
}

/** Shows another choice; another run is asked for. */
function picked() {
  if (chosen.run !== null && chosen.run !== overview?.run && runs?.some((r) => r.run === chosen.run)) {
    load();
    return;
  }
  const fresh = byId("detail").hidden;
  draw();
  detail();
  if (fresh !== byId("detail").hidden) {
    scrollTo(0, 0);
  }
}

function listen() {
  byId("choice").addEventListener("submit", (event) => event.preventDefault());
  byId("strip").addEventListener("keydown", moveAlong);
  const on = (id, change) =>
    byId(id).addEventListener("change", ({ target: { value } }) => {
      choose(change(value));
      picked();
    });
  on("run", (run) => ({ run, concept: null, step: null }));
  on("concept", (concept) => ({ concept }));
  on("step", (step) => ({ step: step === LATEST ? null : Number(step) }));
  on("top", (top) => ({ top }));
  const moved = () => {
    readAddress();
    if (overview) {
      picked();
    }
  };
  addEventListener("hashchange", moved);
  addEventListener("popstate", moved);
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== width) {
      width = innerWidth;
      if (overview) {
        draw();
      }
      drawDetail();
    }
  });
}

readAddress();
listen();
load();
check();

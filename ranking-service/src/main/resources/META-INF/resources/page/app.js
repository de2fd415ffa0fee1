// Keeps what is shown in step with the service: the stream says that something changed, the REST
// interface says what is so now. Nothing is kept here that a reload would not bring back.

import * as api from "./api.js";
import { chosen, current, LATEST, readAddress, showChoice, writeAddress } from "./choice.js";
import { byId, clock, notice } from "./dom.js";
import { showEarlyWarning } from "./early.js";
import { showProgress, stageName } from "./progress.js";
import { showResult } from "./result.js";
import { showSeries } from "./series.js";

const SETTLE_MILLIS = 300; // changes come in bursts
const CHECK_MILLIS = 20000; // a connection may die without a word
const UNREADY_MILLIS = 3000;
const EARLY_NEURONS = 10;

let shown = null; // what is on the page
let drawn = null; // the result that is drawn: while others progress it is left as it is
let stream = api.Stream.LOST;
let reachable = true;
let lostSince = null;
let busy = false;
let again = false;
let waiting = null;

/** Fetches and shows all; one at a time, and once more when something changed meanwhile. */
async function refresh() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  try {
    show(await load());
    notice(byId("problem"), "");
    answered();
  } catch (error) {
    failed(error);
  } finally {
    busy = false;
    if (again) {
      again = false;
      soon();
    }
  }
}

function soon() {
  waiting ??= setTimeout(() => {
    waiting = null;
    refresh();
  }, SETTLE_MILLIS);
}

async function load() {
  const runs = await api.runs();
  if (runs.length === 0) {
    return { runs };
  }
  const now = current(runs);
  const warnings = api.earlyWarnings(now.run.run, EARLY_NEURONS);
  if (now.step === null) {
    return { runs, now, warnings: await warnings };
  }
  const [early, series, step] = await Promise.all([
    warnings,
    api.concept(now.run.run, now.concept),
    api.step(now.run.run, now.concept, now.step, chosen.top),
  ]);
  return { runs, now, warnings: early, series, step };
}

function show(state) {
  const text = JSON.stringify(state);
  if (shown?.text === text) {
    return;
  }
  announce(shown?.state, state);
  shown = { state, text };
  draw();
}

function draw() {
  const { runs, now, warnings, series, step } = shown.state;
  byId("empty").hidden = runs.length > 0;
  byId("filled").hidden = runs.length === 0;
  document.title = now ? `${now.run.run} – Salient` : "Salient";
  if (!now) {
    return;
  }
  showChoice(runs, now);
  showProgress(now.run, now.step, pickStep);
  showEarlyWarning(warnings, now.concept);
  byId("result").hidden = !step;
  notice(byId("waiting"), step ? missing(now) : nothingYet(now.run));
  const text = JSON.stringify([step, series, innerWidth]);
  if (step && drawn !== text) {
    drawn = text;
    showResult(step, series);
    showSeries(series, now.step);
  }
}

function missing(now) {
  const wanted = [
    ["run", now.run.run],
    ["concept", now.concept],
    ["step", now.step],
  ].find(([name, value]) => chosen[name] !== null && chosen[name] !== value);
  return wanted ? `There is no ${wanted[0]} ${chosen[wanted[0]]} here; ${wanted[1]} is shown instead.` : "";
}

function nothingYet(run) {
  const last = run.steps.at(-1);
  const bad = last && (last.stage === "FAILED" || last.stage === "LOST");
  return bad
    ? "No result yet, and the last checkpoint failed: the reason is in the list above."
    : "No result yet: the first, provisional one appears when enough rows of a checkpoint have arrived.";
}

/** Tells a screen reader when a checkpoint reaches another stage, not each row. */
function announce(before, after) {
  if (!before?.now || !after.now || before.now.run.run !== after.now.run.run) {
    return;
  }
  const old = new Map(before.now.run.steps.map((s) => [s.step, s.stage]));
  const said = after.now.run.steps
    .filter((s) => old.get(s.step) !== s.stage)
    .map((s) => `Step ${s.step}: ${stageName(s)}.`);
  if (said.length > 0) {
    byId("announcer").textContent = said.slice(-3).join(" ");
  }
}

/** Says whether what is on the page is what is so now, and if not, since when. */
function showConnection() {
  const element = byId("connection");
  if (stream === api.Stream.HIDDEN) {
    return; // nobody looks
  }
  const live = stream === api.Stream.LIVE && reachable;
  if (!live && lostSince === null && !shown && reachable) {
    return; // still connecting
  }
  lostSince = live ? null : (lostSince ?? new Date());
  element.className = `connection ${live ? "live" : "lost"}`;
  const text = live ? "live" : `${lost()} since ${clock(lostSince)}; trying again`;
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

const CROWDED =
  "no live updates, as other tabs of this browser hold all connections to the service: close some";

function lost() {
  if (stream === api.Stream.CROWDED) {
    return CROWDED;
  }
  return reachable ? "no live updates" : "connection lost";
}

/** The service answers; if it did not before, the stream may have died with it without a word. */
function answered() {
  if (!reachable) {
    reachable = true;
    reopen();
  }
  showConnection();
}

function failed(error) {
  if (error instanceof api.Problem && error.status === 0) {
    reachable = false;
    showConnection();
    if (!shown) {
      notice(byId("problem"), error.message);
    }
    return;
  }
  answered();
  notice(byId("problem"), error.message);
  if (!(error instanceof api.Problem)) {
    throw error;
  }
}

/** What the service says of itself: it may answer and yet receive nothing. */
async function check() {
  let next = CHECK_MILLIS;
  try {
    const text = await api.unready();
    notice(byId("unready"), text && `The service is not ready: ${text}.`);
    next = text ? UNREADY_MILLIS : CHECK_MILLIS;
  } catch {
    notice(byId("unready"), ""); // not reachable: told by the connection
  }
  setTimeout(check, next);
}

function pickStep(step) {
  chosen.step = step;
  picked();
}

function picked() {
  writeAddress();
  refresh();
}

function listen() {
  byId("choice").addEventListener("submit", (event) => event.preventDefault());
  byId("run").addEventListener("change", (event) => {
    Object.assign(chosen, { run: event.target.value, concept: null, step: null });
    picked();
  });
  byId("concept").addEventListener("change", (event) => {
    chosen.concept = event.target.value;
    picked();
  });
  byId("step").addEventListener("change", (event) => {
    pickStep(event.target.value === LATEST ? null : Number(event.target.value));
  });
  byId("top").addEventListener("change", (event) => {
    chosen.top = event.target.value;
    refresh();
  });
  addEventListener("hashchange", () => {
    readAddress();
    refresh();
  });
  let width = innerWidth;
  addEventListener("resize", () => {
    if (shown && innerWidth !== width) {
      width = innerWidth;
      draw();
    }
  });
}

readAddress();
byId("top").value = chosen.top; // a reload may keep the list as it was
listen();
const reopen = api.follow(soon, (state) => {
  stream = state;
  showConnection();
  if (state !== api.Stream.HIDDEN) {
    soon();
  }
});
refresh();
check();
setInterval(() => document.hidden || soon(), CHECK_MILLIS);

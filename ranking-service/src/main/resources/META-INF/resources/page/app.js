// Keeps what is shown in step with the service: one answer holds the first screen, the stream brings
// what changes in it. Only of the concept that is looked at more is asked for, when it changed.

import * as api from "./api.js";
import { axisOf, shareAxis, sharedAxis } from "./axis.js";
import { choose, chosen, current, LATEST, missing, readAddress, runOf, showChoice, showRuns, showViews, viewAddress } from "./choice.js";
import { compareView } from "./compare.js";
import { conceptView } from "./concept.js";
import { answered, begin, check, failed } from "./connection.js";
import { byId, notice } from "./dom.js";
import { neuronView } from "./neuron.js";
import { neuronsView } from "./neurons.js";
import { point, showRows } from "./overview.js";
import { showProgress } from "./progress.js";
import { changed, runsAfter } from "./store.js";
import { moveAlong, showStrip, stageName } from "./strip.js";
import { listenTour, showTour } from "./tour.js";
import { headline, headlineOf } from "./verdict.js";
import { listenZoom, showAxis } from "./zoom.js";

const SETTLE_MILLIS = 300; // changes of one concept come in bursts
const RETRY_MILLIS = 3000;

/**
 * The views of one concept: ask(overview, now) for what they show, then show(answer, overview, now);
 * redraw, where there is one, at another width.
 */
const VIEWS = { concept: conceptView, neurons: neuronsView, neuron: neuronView, compare: compareView };

let runs = null;
let overview = null;
let held = null; // changes that came while an overview is asked for
let drawing = false;
let waiting = null;
let shown = null; // the view that is on the page
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
    begin(next?.position ?? "", happened);
    await detail();
  } catch (error) {
    if (mine === asked) {
      failed(error);
      setTimeout(load, RETRY_MILLIS);
    }
  }
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
  if (change.concept && change.concept.concept === current(overview).concept) {
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
  const before = sharedAxis().key;
  if (shareAxis(axisOf(overview.checkpoints, chosen.axis, chosen.zoom)).key !== before) {
    VIEWS[shown]?.redraw?.();
  }
  showRuns(runs, overview.run);
  showViews(overview, now);
  notice(byId("missing"), missing(overview, now));
  byId("headline").textContent = now.row ? headlineOf(now.row) : headline(overview);
  byId("facts").textContent = facts(overview);
  showAxis(overview);
  showStrip(overview, now.step, pickStep, point);
  showProgress(overview, now.step, pickStep);
  showTour(overview.run, now.view);
  byId("overview").hidden = now.row !== null;
  byId("choice").hidden = now.row === null;
  if (now.row) {
    showChoice(overview, now);
  } else {
    showRows(overview, (concept) => viewAddress(null, { concept }));
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
  const now = overview ? current(overview) : { view: "overview" };
  const view = VIEWS[now.view];
  if (!view) {
    appear("overview");
    return;
  }
  const wanted = question(now);
  byId(`view-${now.view}`).setAttribute("aria-busy", "true");
  try {
    const answer = await view.ask(overview, now);
    if (wanted === question(current(overview))) {
      appear(now.view);
      view.show(answer, overview, current(overview));
      byId(`view-${now.view}`).removeAttribute("aria-busy");
    }
    answered();
  } catch (error) {
    failed(error);
    waiting ??= setTimeout(detail, RETRY_MILLIS);
  }
}

/** Whatever another answer would be given to: all that is chosen but for how it is drawn. */
const question = ({ view, concept, step }) => JSON.stringify([overview.run, view, concept, step, { ...chosen, axis: null, zoom: null }]);

/** Brings a view to the page; one that was not there begins at its heading. */
function appear(view) {
  if (view === shown) {
    return;
  }
  Object.keys(VIEWS).forEach((name) => (byId(`view-${name}`).hidden = name !== view));
  if (shown !== null) {
    scrollTo(0, 0);
    byId(`view-${view}`)?.querySelector("h2")?.focus({ preventScroll: true });
  }
  shown = view;
}

/** Tells a screen reader when a checkpoint reaches another stage, not each row. */
function announce(before, { step, checkpoint }) {
  const old = before.checkpoints.find((c) => c.step === step);
  if (checkpoint && old?.stage !== checkpoint.stage) {
    byId("announcer").textContent = `Step ${step}: ${stageName(checkpoint)}.`;
  }
}

/** On the first screen a step is shown by the first concept that is ranked there. */
function pickStep(step) {
  const row = current(overview).row ?? overview.concepts.find((c) => c.points.some((p) => p.step === step));
  if (row) {
    choose({ concept: row.concept, step, from: 0 });
    picked();
  }
}

/** Shows another choice; another run is asked for. */
function picked() {
  if (chosen.run !== null && chosen.run !== overview?.run && runs?.some((r) => r.run === chosen.run)) {
    load();
    return;
  }
  draw();
  detail();
}

function listen() {
  listenTour();
  listenZoom(draw);
  byId("choice").addEventListener("submit", (event) => event.preventDefault());
  byId("strip").addEventListener("keydown", moveAlong);
  const on = (id, change) =>
    byId(id).addEventListener("change", ({ target: { value } }) => {
      choose({ from: 0, ...change(value) });
      picked();
    });
  on("run", (run) => ({ run, concept: null, step: null, view: null, label: null, neuron: null, other: null, at: null, zoom: null }));
  on("concept", (concept) => ({ concept, label: null }));
  on("step", (step) => ({ step: step === LATEST ? null : Number(step) }));
  on("top", (top) => ({ top }));
  Object.values(VIEWS).forEach((view) => view.listen?.(picked));
  addEventListener("popstate", () => { // of links to a hash too
    readAddress();
    if (overview) {
      picked();
    }
  });
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== width) {
      width = innerWidth;
      if (overview) {
        draw();
      }
      VIEWS[shown]?.redraw?.();
    }
  });
}

readAddress();
listen();
load();
check();

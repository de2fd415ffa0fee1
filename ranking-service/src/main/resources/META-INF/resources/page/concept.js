// One concept over the steps, and at one of them.

import * as api from "./api.js";
import { chosen } from "./choice.js";
import { byId, notice } from "./dom.js";
import { showEarlyWarning } from "./early.js";
import { showResult } from "./result.js";
import { showSeries } from "./series.js";

const EARLY_NEURONS = 10;

let drawn = null;

function ask({ run }, { row, concept, step }) {
  return Promise.all([
    step === null ? null : api.concept(run, concept),
    step === null ? null : api.step(run, concept, step, chosen.top),
    row.early ? api.earlyWarnings(run, row.early.step, EARLY_NEURONS) : [],
  ]);
}

function show([series, result, warnings], overview, { row }) {
  showEarlyWarning(warnings, row.concept);
  notice(byId("waiting"), result || row.early ? "" : `${row.concept} has no result yet: an early ranking comes with the first tenth of a checkpoint's words.`);
  byId("result").hidden = result === null;
  drawn = result === null ? null : { result, series };
  redraw();
}

function redraw() {
  if (drawn) {
    showResult(drawn.result, drawn.series);
    showSeries(drawn.series, drawn.result.step);
  }
}

/** The view. */
export const conceptView = { ask, show, redraw };

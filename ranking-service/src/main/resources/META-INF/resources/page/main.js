// The page: what is chosen, and what is drawn when something changes.
import { count, el, known, show } from "./dom.js";
import { layerChart, lineChart } from "./charts.js";
import { Live, getJson } from "./live.js";
import { labelNeurons, summary, topNeurons } from "./neurons.js";
import { nowText, progress, stepList } from "./steps.js";
import { Results } from "./store.js";
import { connectionText } from "./connection.js";

const TOP = 20;
const LATEST = "latest";
const at = (name) => document.getElementById(name);

const results = new Results();
const choice = { run: null, concept: null, step: LATEST, against: "baseline", ...fromAddress() };
let detail = { key: null, version: 0, view: null, error: null };
let waiting = false;

function fromAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const step = Number(asked.get("step") ?? NaN);
  return { run: asked.get("run"), concept: asked.get("concept"), step: Number.isInteger(step) ? step : LATEST };
}

function choose(part) {
  Object.assign(choice, part);
  const { run, concept, step } = choice;
  history.replaceState(null, "", `#${new URLSearchParams({ run, concept, ...(step === LATEST ? {} : { step }) })}`);
  later();
}

/** Draws once for all that happens before the next frame. */
function later() {
  if (!waiting) {
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  }
}

/** What is shown: the choice where it exists, else the first run and concept, and the latest result. */
function current() {
  const runs = results.runs();
  const run = runs.includes(choice.run) ? choice.run : runs[0];
  const concepts = results.concepts(run);
  const concept = concepts.includes(choice.concept) ? choice.concept : concepts[0];
  const series = results.series(run, concept);
  const steps = results.steps(run);
  const chosen = steps.some((step) => step.step === choice.step) ? choice.step : series.at(-1)?.step;
  return { runs, run, concepts, concept, series, steps, step: chosen, baseline: results.baseline(run, concept) };
}

function draw() {
  const now = current();
  at("empty").hidden = now.runs.length > 0;
  at("results").hidden = now.runs.length === 0;
  if (now.runs.length === 0) {
    return;
  }
  options(at("run"), now.runs.map((run) => [run, run]), now.run);
  options(at("concept"), now.concepts.map((concept) => [concept, concept]), now.concept);
  options(
    at("step"),
    [[LATEST, "the latest"], ...now.steps.toReversed().map((step) => [String(step.step), count(step.step)])],
    now.step === choice.step ? String(choice.step) : LATEST);
  at("now").textContent = nowText(now.steps);
  show(
    at("steps"),
    [now.step, now.baseline, now.steps.map((step) => [step.step, step.status?.at, progress(step)])],
    () => stepList(now.steps, now.step, now.baseline, (step) => choose({ step })));
  revealStep(now.step);
  drawCharts(now);
  drawDetail(now);
}

/** Scrolls the list of checkpoints, never the page, to the one that is shown. */
function revealStep(step) {
  const list = at("steps");
  if (list.dataset.revealed !== String(step)) {
    list.dataset.revealed = String(step);
    const item = list.querySelector("[aria-pressed=true]")?.closest("li");
    list.scrollTop = item ? item.offsetTop + item.offsetHeight - list.clientHeight : 0;
  }
}

function options(select, wanted, value) {
  show(select, wanted, () => wanted.map(([key, text]) => el("option", { value: key }, text)));
  select.value = value ?? "";
}

function drawCharts({ series, step, baseline, run, concept }) {
  const name = `${concept} over the steps of ${run}`;
  const drift = (field) => series
    .filter((one) => one[choice.against] && known(one[choice.against][field]))
    .map((one) => ({ step: one.step, value: one[choice.against][field], provisional: !one[choice.against].final }));
  const of = (field) => series
    .filter((one) => known(one.neurons[field]))
    .map((one) => ({ step: one.step, value: one.neurons[field], provisional: !one.neurons.final }));
  const similarity = [
    { name: "Jaccard", points: drift("jaccard") },
    { name: "RBO", points: drift("rbo") },
    { name: "Spearman", points: drift("spearman") },
    { name: "chance (Jaccard)", points: drift("jaccardChance") },
  ];
  const accuracy = [
    { name: "own probe", points: of("accuracy") },
    { name: "baseline's probe", points: of("transferAccuracy") },
    { name: "majority", points: of("majority") },
  ];
  const lowest = Math.min(0, ...similarity.flatMap((line) => line.points.map((point) => point.value)));
  const width = chartWidth;
  show(at("drift"), [similarity, step, width(at("drift"))], () => lineChart(similarity,
    { width: width(at("drift")), label: `Similarity of the ranking to the ${choice.against === "baseline" ? "baseline" : "step before"}: ${name}`, low: lowest < 0 ? -1 : 0, high: 1, chosen: step }));
  show(at("accuracy"), [accuracy, step, width(at("accuracy"))], () => lineChart(accuracy,
    { width: width(at("accuracy")), label: `Accuracy: ${name}`, low: 0, high: 1, chosen: step }));
  drawLayers(series, step, baseline);
}

function drawLayers(series, step, baseline) {
  const now = series.find((one) => one.step === step)?.neurons;
  const before = step === baseline ? undefined : series.find((one) => one.step === baseline)?.neurons;
  show(at("layers"), [now?.layerHistogram, before?.layerHistogram, step, baseline, chartWidth(at("layers"))], () => {
    if (!now) {
      return el("p", { class: "hint" }, "This step has no ranking yet.");
    }
    return [
      el("p", { class: "hint" }, `How many of the first ${count(now.histogramSize)} neurons lie in each layer.`),
      before ? el("ul", { class: "legend" },
        el("li", {}, el("span", { class: "box before", "aria-hidden": "true" }), `baseline (step ${count(baseline)})`),
        el("li", {}, el("span", { class: "box now", "aria-hidden": "true" }), `step ${count(step)}`)) : null,
      layerChart(now.layerHistogram, before?.layerHistogram, {
        width: chartWidth(at("layers")),
        label: `Neurons by layer, embeddings first: ${now.layerHistogram.join(", ")}${before ? `; at the baseline ${before.layerHistogram.join(", ")}` : ""}`,
      }),
    ].filter(Boolean);
  });
}

const chartWidth = (node) => Math.max(260, Math.floor(node.clientWidth));

function drawDetail({ series, run, concept, step, baseline }) {
  const one = series.find((candidate) => candidate.step === step);
  const key = JSON.stringify([run, concept, step, one ?? null]);
  if (one && detail.key !== key) {
    load(key, run, concept, step);
  }
  const rest = [at("summary"), at("neurons"), at("labels")];
  const view = detail.view;
  const fits = view && view.run === run && view.ranking.concept === concept && view.step === step;
  if (!one || !fits) {
    const text = !one ? "This step has no ranking of this concept yet." : detail.error ?? "Loading …";
    rest.forEach((node) => show(node, text, () => el("p", { class: "hint" }, text)));
    return;
  }
  const first = series.find((candidate) => candidate.step === baseline);
  const before = step === baseline || !first ? null : { step: baseline, accuracy: first.neurons.accuracy };
  show(at("summary"), [view, before], () => summary(view, before));
  show(at("neurons"), view, () => topNeurons(view));
  show(at("labels"), view, () => labelNeurons(view));
}

/** Asks for the neurons of what is shown; an answer that comes too late is dropped. */
async function load(key, run, concept, step) {
  const version = detail.version + 1;
  detail = { ...detail, key, version, error: null };
  let outcome;
  try {
    const path = [run, "concepts", concept, "steps", step].map(encodeURIComponent).join("/");
    outcome = { view: await getJson(`api/runs/${path}?top=${TOP}`) };
  } catch (error) {
    outcome = { error: `The neurons could not be loaded: ${error.message}`, view: null };
  }
  if (detail.version === version) {
    detail = { ...detail, ...outcome };
    later();
  }
}

function connection(state) {
  const { text, stale } = connectionText(state);
  at("connection").dataset.state = state.state;
  at("connection").textContent = text;
  at("stale").hidden = stale === "";
  at("stale").textContent = stale;
  if (state.state === "live" && detail.error) {
    detail = { ...detail, key: null };
    later();
  }
}

at("run").addEventListener("change", (event) => choose({ run: event.target.value, step: LATEST }));
at("concept").addEventListener("change", (event) => choose({ concept: event.target.value }));
at("step").addEventListener("change", (event) =>
  choose({ step: event.target.value === LATEST ? LATEST : Number(event.target.value) }));
document.querySelectorAll("[data-against]").forEach((button) => button.addEventListener("click", () => {
  document.querySelectorAll("[data-against]").forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
  choose({ against: button.dataset.against });
}));
at("choice").addEventListener("submit", (event) => event.preventDefault());
addEventListener("resize", later);

new Live(
  (change) => {
    results.apply(change);
    later();
  },
  connection,
  (runs, asked) => {
    results.keepOnly(runs, asked);
    later();
  });

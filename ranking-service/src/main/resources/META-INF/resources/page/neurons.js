// The neurons of one concept at one checkpoint: over all labels, and of each label.
import { count, el, known, layerName, percent, share, signed, table } from "./dom.js";

const MOVED_SHOWN = 30;
const OF_LABEL_SHOWN = 6;

/** How well the concept is encoded, as tiles. */
export function summary(view, before) {
  const ranking = view.ranking;
  const gain = before && known(before.accuracy) && known(ranking.accuracy)
    ? `${signed(100 * (ranking.accuracy - before.accuracy), 1)} points against step ${count(before.step)}`
    : `on ${count(view.words.test)} test words`;
  return [
    el("p", { class: "what" },
      el("b", {}, ranking.concept), " at step ", el("b", {}, count(view.step)), " of ", el("b", {}, view.run), " ",
      ranking.final
        ? el("span", { class: "tag final" }, "final")
        : el("span", { class: "tag provisional" }, `provisional: ${percent(ranking.coverage)} of the words seen`)),
    el("dl", { class: ranking.final ? "tiles" : "tiles provisional" },
      tile("Accuracy", share(ranking.accuracy), gain),
      tile("Macro F1", share(ranking.macroF1), `over ${count(view.labels.length)} labels`),
      tile("Majority", share(ranking.majority), "always the commonest label"),
      tile("Transfer", share(view.transferAccuracy), known(view.transferAccuracy) ? "the baseline's probe, unchanged" : "not for the baseline itself"),
      tile("Fit", ranking.certificate.converged ? "converged" : "not converged",
        `${count(ranking.certificate.evaluations)} evaluations, relative step ${ranking.certificate.relativeStep.toExponential(1)}, objective ${ranking.certificate.objective.toPrecision(4)}`),
      tile("Words", count(view.words.train + view.words.dev + view.words.test), wordsText(view.words))),
    ranking.notes.length > 0 ? el("ul", { class: "notes" }, ranking.notes.map((note) => el("li", {}, note))) : null,
  ].filter(Boolean);
}

function tile(name, value, hint) {
  return el("div", { class: "tile" }, el("dt", {}, name), el("dd", {}, el("span", { class: "value" }, value), el("span", { class: "hint" }, hint)));
}

function wordsText(words) {
  const left = words.truncated + words.dropped;
  return `${count(words.train)} train, ${count(words.dev)} dev, ${count(words.test)} test` +
    (left > 0 ? `; ${count(words.truncated)} truncated, ${count(words.dropped)} dropped` : "");
}

const id = (neuron) => `${neuron.layer}/${neuron.unit}`;

/** The ranking over all labels, with what entered and left since the baseline. */
export function topNeurons(view) {
  const drift = view.driftBaseline;
  const entered = new Map((drift?.entered ?? []).map((neuron) => [id(neuron), neuron]));
  const rows = view.ranking.ranking.map((neuron) => {
    const moved = entered.get(id(neuron));
    return el("tr", { class: moved ? "entered" : null },
      el("td", { class: "number" }, count(neuron.rank)),
      el("td", {}, layerName(neuron.layer)),
      el("td", { class: "number" }, count(neuron.unit)),
      el("td", { class: "number" }, neuron.score.toFixed(4)),
      el("td", {}, !drift ? "" : moved ? el("span", { class: "tag entered" }, `↑ entered, was ${count(moved.rankA)}`) : "stayed"));
  });
  const since = drift ? `since step ${count(drift.stepA)}` : "since the baseline";
  return [
    el("p", { class: "hint" }, drift
      ? `Of the first ${count(drift.top)}, ${count(drift.entered.length)} are new ${since}; “stayed” was among them before.`
      : "This is what drift is measured against. Score 0 is the most salient."),
    rows.length === 0
      ? el("p", {}, "No neuron carries weight: the ranking is empty.")
      : el("div", { class: "scroll tall" },
          table(`First ${rows.length} neurons at step ${view.step}`, ["rank", "layer", "unit", "score", since], rows, "neurons")),
    drift && drift.left.length > 0 ? leftList(drift, since) : null,
  ].filter(Boolean);
}

function leftList(drift, since) {
  const more = drift.left.length - MOVED_SHOWN;
  return el("details", { "data-name": "left" },
    el("summary", {}, `${count(drift.left.length)} left the first ${count(drift.top)} ${since}`),
    el("ul", { class: "moved" },
      drift.left.slice(0, MOVED_SHOWN).map((neuron) =>
        el("li", {}, `↓ ${layerName(neuron.layer)}, unit ${count(neuron.unit)}: ${count(neuron.rankA)} → ${count(neuron.rankB)}`)),
      more > 0 ? el("li", {}, `and ${count(more)} more`) : null));
}

/** The strongest neurons of each label. */
export function labelNeurons(view) {
  const reports = new Map(view.labels.map((label) => [label.label, label]));
  const rows = view.ranking.perLabel.map((label) =>
    el("tr", {},
      el("th", { scope: "row" }, label.label, label.belowMinimum ? el("span", { class: "tag" }, "too rare") : null),
      el("td", { class: "number" }, count(label.count)),
      el("td", { class: "number" }, share(reports.get(label.label)?.f1)),
      el("td", { class: "number" }, count(label.massSetSize)),
      el("td", {}, el("ul", { class: "chips" }, label.neurons.slice(0, OF_LABEL_SHOWN).map(chip)))));
  return [
    el("p", { class: "hint" }, `Layer:unit with its weight. A label with fewer than ${count(view.minLabelCount)} train words takes no part in the ranking above.`),
    el("div", { class: "scroll tall" },
      table(`Neurons of each label at step ${view.step}`, ["label", "train words", "F1", "neurons for half the weight", "strongest neurons"], rows, "labels")),
  ];
}

function chip(neuron) {
  const rising = neuron.weight >= 0;
  return el("li", { class: rising ? "plus" : "minus", title: `${layerName(neuron.layer)}, unit ${neuron.unit}` },
    `${neuron.layer}:${neuron.unit} `, el("span", {}, signed(neuron.weight, 2)));
}

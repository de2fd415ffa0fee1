// Sentences in which a neuron fires, each word as dark as its activation. Blue is above the mean,
// orange and dotted below: sign is never told by colour alone.

import { el, isNumber, signed, table } from "./dom.js";

const FULL = 60; // percent of colour at the strongest: text stays readable on it

/**
 * The sentences.
 *
 * @param sentences {sentence, firstWord, words, activations}: activations in standard deviations, null
 *     for a word without a row
 */
export function heatSentences(sentences) {
  const all = sentences.flatMap((s) => s.activations).filter(isNumber);
  const most = Math.max(1, ...all.map(Math.abs));
  return [key(most), ...sentences.map((s) => sentenceOf(s, most)), numbers(sentences)];
}

function sentenceOf({ sentence, words, activations }, most) {
  const parts = words.flatMap((word, i) => [wordOf(word, activations[i], most), " "]);
  return el("p", { class: "fires", dir: "auto" }, el("span", { class: "number muted" }, `${sentence} `), ...parts);
}

function wordOf(word, value, most) {
  if (!isNumber(value)) {
    return el("span", { class: "word none", title: `${word}: no row (no subword, or beyond the position limit)` }, word);
  }
  const title = `${word}: ${signed(value, 2)} standard deviations`;
  const element = el("span", { class: `word ${value < 0 ? "below" : "above"}`, title }, word);
  element.style.setProperty("--heat", `${((FULL * Math.abs(value)) / most).toFixed(1)}%`);
  return element;
}

function key(most) {
  const steps = [-1, -0.5, 0, 0.5, 1].map((share) => {
    const value = share * most;
    const cell = wordOf(signed(value, 1), value, most);
    cell.removeAttribute("title");
    return cell;
  });
  return el("p", { class: "key muted" }, "Standard deviations from the neuron's mean: ", ...steps.flatMap((cell) => [cell, " "]));
}

function numbers(sentences) {
  const rows = sentences.flatMap(({ sentence, words, activations }) =>
    words.map((word, i) => ({ cells: [sentence, word, isNumber(activations[i]) ? signed(activations[i], 2) : "–"] })),
  );
  const columns = [{ title: "Sentence", num: true }, { title: "Word" }, { title: "Activation, sd", num: true }];
  return el("details", {}, el("summary", {}, "As a table"), el("div", { class: "scroll" }, table("Activations by word", columns, rows)));
}

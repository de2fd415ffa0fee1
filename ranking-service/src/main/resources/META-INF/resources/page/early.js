// What is known of the newest checkpoint before any fit, in one line.

import { byId, chosenLayers, notice, percent } from "./dom.js";

/** The line of a concept; of the first one where none is chosen yet. */
export function showEarlyWarning(warnings, concept) {
  const warning = warnings.find((w) => w.concept === concept) ?? (concept === null ? warnings[0] : null);
  notice(byId("early"), warning ? text(warning) : "");
}

const rows = (coverage) =>
  coverage < 1 ? `the ${percent(coverage, 0)} of the rows that had arrived` : "all rows";

/** Which layers, where some were chosen. */
const of = (warning) => (chosenLayers(warning) ? `, ${chosenLayers(warning)}` : "");

function text(warning) {
  const { step, coverage, k, otherStep } = warning;
  const changes = warning.methods
    .filter((m) => Number.isFinite(m.changed)) // left out for a first step
    .map((m) => `${m.changed} of top ${k} changed by ${m.method}`);
  const against = changes.length > 0 ? `${changes.join(", ")} against step ${otherStep}` : "no step before it to compare with";
  const probeless = warning.methods.find((m) => m.method === "probeless") ?? warning.methods[0];
  const neurons = probeless.ranking.map((n) => `${n.layer}:${n.unit}`).join(" ");
  return (
    `Early warning, ${warning.concept} at step ${step}, before any fit, on ${rows(coverage)}${of(warning)}: ` +
    `${against}. Top neurons by ${probeless.method}: ${neurons}.`
  );
}

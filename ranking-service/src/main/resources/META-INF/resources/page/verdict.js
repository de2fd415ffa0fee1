// What the verdicts are called, how they look, and what they say.

/** By the name that the service gives them: sign, tone and meaning; forgotten is the worst. */
const VERDICTS = {
  forgotten: ["✕", "loud", "over half of what it knew is lost"],
  relocated: ["■", "changed", "the neurons lie in other layers"],
  "re-encoded": ["◆", "changed", "known as well, written another way"],
  weakened: ["◇", "changed", "over a tenth of what it knew is lost"],
  reordered: ["▲", "changed", "other neurons, or in another order"],
  undecided: ["□", "open", "the data allow more than one verdict"],
  stable: ["●", "calm", "same neurons, what it knew is kept"],
};

const ORDER = Object.keys(VERDICTS);

/** Worse ones have lower ranks. */
export const severity = (verdict) => (ORDER.includes(verdict) ? ORDER.indexOf(verdict) : ORDER.length);

/** Sign, tone and meaning of a verdict. */
export function lookOf(verdict) {
  const [sign, tone, meaning] = VERDICTS[verdict] ?? ["?", "open", ""];
  return { sign, tone, meaning };
}

/** One sentence for the whole run: what happened, to what, since when. */
export function headline(overview) {
  const judged = overview.concepts.filter((c) => c.said?.verdict);
  if (judged.length === 0) {
    return first(overview);
  }
  const changed = judged
    .filter((c) => !["stable", "undecided"].includes(c.said.verdict))
    .sort((a, b) => severity(a.said.verdict) - severity(b.said.verdict) || a.said.since - b.said.since);
  const stable = judged.filter((c) => c.said.verdict === "stable").length;
  if (changed.length === 0) {
    const open = judged.length - stable;
    const rest = open > 0 ? `, ${open} undecided` : "";
    return `Nothing lost or moved: ${stable} of ${concepts(judged.length)} stable${rest}`;
  }
  const { concept, said } = changed[0];
  const others = changed.length > 1 ? `, ${changed.length - 1} more changed` : "";
  return `${concept} ${said.verdict} since step ${said.since}${others}; ${stable} of ${concepts(judged.length)} stable`;
}

/** The same of one concept. */
export const headlineOf = ({ concept, said }) =>
  said?.verdict ? `${concept} ${said.verdict} since step ${said.since}` : concept;

const concepts = (count) => (count === 1 ? "1 concept" : `${count} concepts`);

function first({ concepts: rows, checkpoints }) {
  if (rows.some((c) => c.said?.pending)) {
    return "Ranked; the noise that a verdict needs is being measured";
  }
  if (rows.some((c) => c.points.length > 0)) {
    return "The first checkpoint is ranked: verdicts begin with the second";
  }
  const last = checkpoints.at(-1);
  if (last && (last.stage === "FAILED" || last.stage === "LOST")) {
    return `Nothing is ranked yet, and step ${last.step} failed`;
  }
  return rows.some((c) => c.early) ? "Early rankings are here; the first fit is next" : "The first checkpoint is being read";
}

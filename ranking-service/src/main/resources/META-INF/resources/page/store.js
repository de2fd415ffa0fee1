// What is known of the run on the page: one answer of the service, kept up by what the stream brings.

const byStep = (a, b) => a.step - b.step;
const byName = (a, b) => (a.concept < b.concept ? -1 : 1);

/** The list with what stands at a step put in its place, or taken out when there is nothing. */
function placed(list, step, value) {
  const others = list.filter((one) => one.step !== step);
  return value ? [...others, value].sort(byStep) : others;
}

/** An overview after a change of its run; the overview itself is left as it was. */
export function changed(overview, change) {
  const next = { ...overview, baselineStep: change.baselineStep };
  const row = change.concept;
  if (!row) {
    next.checkpoints = placed(overview.checkpoints, change.step, change.checkpoint);
    return next;
  }
  const before = overview.concepts.find((one) => one.concept === row.concept)?.points ?? [];
  const points = isNumber(change.step) ? placed(before, change.step, row.points[0]) : before;
  const others = overview.concepts.filter((one) => one.concept !== row.concept);
  next.concepts = [...others, { ...row, points }].sort(byName);
  return next;
}

/** The list of runs after a change: a run that was not there, or one that went on. */
export function runsAfter(runs, { run, checkpoint }) {
  const known = runs.find((one) => one.run === run);
  if (known && !(checkpoint?.at > (known.at ?? ""))) {
    return runs;
  }
  const others = runs.filter((one) => one.run !== run);
  const next = { ...(known ?? { run }), at: checkpoint?.at ?? null };
  return [...others, next].sort((a, b) => (a.run < b.run ? -1 : 1));
}

const isNumber = (value) => value !== null && value !== undefined;

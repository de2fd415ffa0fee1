// Where steps stand on each kind of axis, and what a range of them is called.

import assert from "node:assert/strict";

const { axisOf, isKnown, rangeOf, rangeText } = await import(process.argv[2]);

const at = (minute) => new Date(Date.UTC(2026, 0, 5, 12, minute)).toISOString();
const run = [
  { step: 0, announcedAt: at(0) },
  { step: 100, announcedAt: at(1), training: { epoch: 1, values: {} } },
  { step: 200, at: at(9) },
  { step: 300, announcedAt: at(7), training: { epoch: 5, values: {} } },
];

// by steps
const steps = axisOf(run, "step", null);
assert.deepEqual(run.map((c) => steps.at(c.step)), [0, 1 / 3, 2 / 3, 1]);
assert.equal(steps.nearest(0.4), 100);
assert.equal(steps.zoomed, false);

// by epochs: between those that were logged on the line through them; there is none before the first
const epochs = axisOf(run, "epoch", null);
assert.deepEqual(run.map((c) => epochs.label(c.step)), ["0.00", "1.00", "3.00", "5.00"]);
assert.equal(epochs.at(200), 3 / 5);

// by the clock, which never goes back: step 300 was announced before step 200 was told of last
const time = axisOf(run, "time", null);
assert.deepEqual(run.map((c) => time.at(c.step)), [0, 1 / 9, 1, 1]);

// what is not known stands on steps
const bare = run.map(({ step }) => ({ step }));
assert.equal(isKnown(bare, "epoch"), false);
assert.equal(isKnown(bare, "time"), false);
assert.equal(axisOf(bare, "epoch", null).kind, "step");

// a part of the run
const part = axisOf(run, "step", "100-200");
assert.deepEqual([part.steps, part.at(100), part.at(200), part.holds(300), part.zoomed], [[100, 200], 0, 1, false, true]);
assert.deepEqual(axisOf(run, "step", "200-").steps, [200, 300]);
assert.deepEqual(axisOf(run, "step", "-150").steps, [0, 100]);
const nothing = axisOf(run, "step", "310-400");
assert.deepEqual([nothing.steps.length, nothing.missed], [4, true]);

// its text: an end that is the run's own stays open
assert.equal(rangeText([0, 100, 200, 300], 1, 2), "100-200");
assert.equal(rangeText([0, 100, 200, 300], 2, 3), "200-");
assert.equal(rangeText([0, 100, 200, 300], 0, Infinity), null);
for (const none of [null, "", "-", "200-100", "1-2-3", "a-b"]) {
  assert.equal(rangeOf(none), null);
}

// no checkpoint, and one
assert.equal(axisOf([], "time", null).holds(0), false);
assert.equal(axisOf(run.slice(0, 1), "epoch", null).at(0), 0.5);

// Several pages at the worker that holds their stream. Run by PageCodeTest.
import assert from "node:assert/strict";
import { mock } from "node:test";
import { pathToFileURL } from "node:url";

mock.timers.enable({ apis: ["setTimeout"] });

const opened = [];
class FakeSource {
  static CLOSED = 2;
  readyState = 0;
  listeners = {};
  constructor(address) {
    this.address = address;
    opened.push(this);
  }
  addEventListener(kind, listener) {
    this.listeners[kind] = listener;
  }
  close() {
    this.readyState = FakeSource.CLOSED;
  }
}
globalThis.EventSource = FakeSource;
globalThis.self = globalThis;

await import(pathToFileURL(process.argv[2]));

const page = () => {
  const port = { got: [], postMessage: (message) => port.got.push(message) };
  self.onconnect({ ports: [port] });
  return { got: port.got, ask: (what) => port.onmessage({ data: [what, "a-1"] }) };
};
const alive = () => opened.filter((source) => source.readyState !== FakeSource.CLOSED);

// Seven pages have one connection, and all hear of its state and of changes.
const pages = Array.from({ length: 7 }, page);
pages.slice(0, 6).forEach((one) => one.ask("open"));
assert.equal(alive().length, 1);
alive()[0].onopen();
pages[6].ask("open");
assert.equal(alive().length, 1);
const live = { state: "live" };
const reset = { event: { kind: "reset", id: "a-1" } };
assert.deepEqual(pages[0].got, [live]);
pages.slice(1).forEach((one) => assert.deepEqual(one.got, [reset, live], "who joins may have missed something"));
alive()[0].listeners.concept({ lastEventId: "a-2", data: "{}" });
const event = { kind: "concept", id: "a-2", data: "{}" };
pages.forEach((one) => assert.deepEqual(one.got.at(-1), { event }));

// One that is left hears no more; the others do.
pages[0].ask("close");
alive()[0].listeners.checkpoint({ lastEventId: "a-3", data: "{}" });
assert.equal(pages[0].got.length, 2);
assert.equal(pages[1].got.length, 4);

// One that finds the connection dead gets a new one, for all.
const first = alive()[0];
pages[1].ask("open");
assert.equal(alive().length, 1);
assert.notEqual(alive()[0], first);
assert.match(alive()[0].address, /after=a-3$/, "and it goes on where that was");

// The last one closes it, the next one opens it.
pages.slice(1).forEach((one) => one.ask("close"));
assert.equal(alive().length, 0);
mock.timers.tick(60_000);
assert.equal(alive().length, 0);
pages[3].ask("open");
assert.equal(alive().length, 1);
pages[3].ask("close");

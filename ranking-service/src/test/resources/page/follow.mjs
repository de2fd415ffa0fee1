// Follows a stream that is made of nothing, under timers that the test moves on. Run by PageCodeTest.
import assert from "node:assert/strict";
import { mock } from "node:test";
import { pathToFileURL } from "node:url";

mock.timers.enable({ apis: ["setTimeout"] });

const opened = [];
class FakeSource {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSED = 2;
  readyState = FakeSource.CONNECTING;
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
const handlers = {};
const register = (name, handler) => (handlers[name] = handler);
globalThis.EventSource = FakeSource;
globalThis.addEventListener = register;
globalThis.document = { hidden: false, addEventListener: register };

const { follow } = await import(pathToFileURL(process.argv[2]));

const told = [];
const changes = [];
follow("a-1", (change) => changes.push(change), (state) => told.push(state));
const alive = () => opened.filter((source) => source.readyState !== FakeSource.CLOSED);
const last = () => told.at(-1);

const send = (kind, id, data) => alive()[0].listeners[kind]({ lastEventId: id, data });

// One stream, after what the page knows; it brings changes.
assert.equal(alive().length, 1);
assert.match(alive()[0].address, /after=a-1$/);
alive()[0].onopen();
assert.equal(last(), "live");
send("checkpoint", "a-2", '{"run":"r"}');
assert.deepEqual(changes, [{ kind: "checkpoint", change: { run: "r" } }]);

// A tab that nobody looks at gives its connection back, and takes one when it is seen again.
document.hidden = true;
handlers.visibilitychange();
assert.equal(alive().length, 0);
assert.equal(last(), "hidden");
document.hidden = false;
handlers.visibilitychange();
assert.equal(alive().length, 1);
assert.match(alive()[0].address, /after=a-2$/, "it goes on where it was");

// One that gets no answer says so after ten seconds, and tries again.
mock.timers.tick(10_000);
assert.equal(last(), "crowded");
assert.equal(alive().length, 0);
mock.timers.tick(5_000);
assert.equal(alive().length, 1);
alive()[0].onopen();
assert.equal(last(), "live");

// One that is silent is dead; one that beats is not.
mock.timers.tick(20_000);
alive()[0].listeners.beat();
mock.timers.tick(20_000);
assert.equal(last(), "live");
mock.timers.tick(5_000);
assert.equal(last(), "lost");
mock.timers.tick(5_000);
alive()[0].onopen();
send("reset", "b-7", "{}");
assert.deepEqual(changes.at(-1), { kind: "reset", change: null });

// A broken one that the browser tries again, and never gets, is crowded too.
alive()[0].readyState = FakeSource.CONNECTING;
alive()[0].onerror();
assert.equal(last(), "lost");
mock.timers.tick(10_000);
assert.equal(last(), "crowded");

// A refused one is tried again, one at a time.
mock.timers.tick(5_000);
alive()[0].readyState = FakeSource.CLOSED;
opened.at(-1).onerror();
assert.equal(last(), "lost");
mock.timers.tick(5_000);
assert.equal(alive().length, 1);

// A page that is left holds none.
handlers.pagehide();
assert.equal(alive().length, 0);
handlers.pageshow({ persisted: true });
assert.equal(alive().length, 1);
handlers.pagehide();

// Where the browser has workers that tabs share, the stream is one of those; without one that
// works, a tab has its own.
const workers = [];
globalThis.SharedWorker = class {
  asked = [];
  port = { postMessage: (what) => this.asked.push(what) };
  constructor() {
    workers.push(this);
  }
};
follow("c-3", (change) => changes.push(change), (state) => told.push(state));
assert.equal(alive().length, 0);
assert.deepEqual(workers[0].asked, [["open", "c-3"]]);
workers[0].port.onmessage({ data: { state: "live" } });
assert.equal(last(), "live");
workers[0].port.onmessage({ data: { event: { kind: "concept", id: "c-4", data: "{}" } } });
assert.deepEqual(changes.at(-1), { kind: "concept", change: {} });
document.hidden = true;
handlers.visibilitychange();
assert.deepEqual(workers[0].asked.at(-1), ["close"]);
assert.equal(last(), "hidden");
document.hidden = false;
workers[0].onerror();
assert.equal(alive().length, 1);
assert.match(alive()[0].address, /after=c-4$/);
handlers.pagehide();
assert.equal(alive().length, 0);

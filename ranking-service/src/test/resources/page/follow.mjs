// Follows a stream that is made of nothing, under timers that the test moves on. Run by PageStreamTest.
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
  constructor() {
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
let changes = 0;
follow(() => changes++, (state) => told.push(state));
const alive = () => opened.filter((source) => source.readyState !== FakeSource.CLOSED);
const last = () => told.at(-1);

// One stream; it tells of changes.
assert.equal(alive().length, 1);
alive()[0].onopen();
assert.equal(last(), "live");
alive()[0].listeners.neurons();
assert.equal(changes, 1);

// A tab that nobody looks at gives its connection back, and takes one when it is seen again.
document.hidden = true;
handlers.visibilitychange();
assert.equal(alive().length, 0);
assert.equal(last(), "hidden");
document.hidden = false;
handlers.visibilitychange();
assert.equal(alive().length, 1);

// One that gets no answer says so after ten seconds, and tries again.
mock.timers.tick(10_000);
assert.equal(last(), "crowded");
assert.equal(alive().length, 0);
mock.timers.tick(5_000);
assert.equal(alive().length, 1);
alive()[0].onopen();
assert.equal(last(), "live");
mock.timers.tick(60_000);
assert.equal(last(), "live");

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
changes = 0;
follow(() => changes++, (state) => told.push(state));
assert.equal(alive().length, 0);
assert.deepEqual(workers[0].asked, ["open"]);
workers[0].port.onmessage({ data: { state: "live" } });
assert.equal(last(), "live");
workers[0].port.onmessage({ data: { changed: true } });
assert.equal(changes, 1);
document.hidden = true;
handlers.visibilitychange();
assert.deepEqual(workers[0].asked, ["open", "close"]);
assert.equal(last(), "hidden");
document.hidden = false;
workers[0].onerror();
assert.equal(alive().length, 1);
handlers.pagehide();
assert.equal(alive().length, 0);

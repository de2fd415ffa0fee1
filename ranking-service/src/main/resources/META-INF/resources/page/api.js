// What the service answers, and its stream of changes.

import { connect, Stream } from "./stream.js";

export { Stream };

/** An answer that is not 200, with the sentence the service gave for it. */
export class Problem extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function problem(response) {
  try {
    const body = await response.json();
    return new Problem(response.status, [body.title, body.detail].filter(Boolean).join(": "));
  } catch {
    return new Problem(response.status, `The service answered ${response.status} ${response.statusText}`);
  }
}

/** What is wrong, where that is no reason not to show the rest. */
export const orProblem = (answer) =>
  answer.catch((error) => {
    if (error instanceof Problem && error.status !== 0) {
      return error;
    }
    throw error;
  });

const ANSWER_MILLIS = 10000;

async function ask(path) {
  try {
    return await fetch(path, {
      headers: { Accept: "application/json" },
      cache: "no-cache", // what is kept is shown again once the service says that it still holds
      signal: AbortSignal.timeout(ANSWER_MILLIS), // or one silent request would stop the page
    });
  } catch {
    throw new Problem(
      0,
      "The service does not answer. If more than five tabs of this browser show it, close some: a browser opens six connections to one address.",
    );
  }
}

async function get(path) {
  const response = await ask(path);
  if (response.status === 401) {
    location.assign("/login"); // the token ran out, or was changed
  }
  if (!response.ok) {
    throw await problem(response);
  }
  try {
    return await response.json();
  } catch {
    throw new Problem(0, "The service broke off its answer.");
  }
}

const part = encodeURIComponent;

/** Every run in short. */
export const runs = () => get("/api/overview");

/** One run: its checkpoints, and a row of figures per concept. */
export const overview = (run) => get(`/api/overview/${part(run)}`);

/** One concept over the steps of a run. */
export const concept = (run, name) => get(`/api/runs/${part(run)}/concepts/${part(name)}`);

/** One concept at one step. */
export const step = (run, name, number, top) =>
  get(`/api/runs/${part(run)}/concepts/${part(name)}/steps/${part(number)}?top=${part(top)}`);

const at = (run, name, number) =>
  `/api/runs/${part(run)}/concepts/${part(name)}/steps/${part(number)}`;

function query(parameters) {
  const known = Object.entries(parameters).filter(([, value]) => value !== null && value !== "");
  return known.length === 0 ? "" : `?${new URLSearchParams(known)}`;
}

/** A part of a step's neurons: {label, search, order, offset, limit}. */
export const neurons = (run, name, number, wanted) =>
  get(`${at(run, name, number)}/neurons${query(wanted)}`);

/** The same as a file. */
export const neuronsCsv = (run, name, number, wanted) =>
  `${at(run, name, number)}/neurons${query({ ...wanted, format: "csv" })}`;

/** Ranks of a step's first neurons at all steps. */
export const ranks = (run, name, number, label) => get(`${at(run, name, number)}/ranks${query({ label })}`);

/** One neuron. */
export const neuron = (run, name, number, layer, unit) =>
  get(`${at(run, name, number)}/neurons/${part(layer)}/${part(unit)}`);

/** Step B against step A. */
export const compare = (a, b, concept, top) =>
  get(`/api/compare${query({ runA: a.run, stepA: a.step, runB: b.run, stepB: b.step, concept, top })}`);

/** What is known of a step before any fit, by concept. */
export const earlyWarnings = (run, step, top) =>
  get(`/api/runs/${part(run)}/early-warnings?step=${part(step)}&top=${part(top)}`);

/** What the service itself says is wrong with it; empty when it is ready or does not tell. */
export async function unready() {
  const response = await ask("/q/health/ready");
  if (response.status !== 503) {
    return "";
  }
  const { checks = [] } = await response.json().catch(() => ({}));
  return checks
    .filter((check) => check.status !== "UP")
    .map((check) => [check.name, ...Object.values(check.data ?? {})].filter(Boolean).join(", "))
    .join("; ");
}

/** The stream in the worker that all tabs share; null where the browser has no such workers. */
function shared(happened, told, failed) {
  if (typeof SharedWorker !== "function") {
    return null;
  }
  const worker = new SharedWorker(new URL("shared-stream.js", import.meta.url), { type: "module" });
  worker.onerror = failed;
  worker.port.onmessage = ({ data }) => (data.event ? happened(data.event) : told(data.state));
  return {
    open: (after) => worker.port.postMessage(["open", after]),
    close: () => worker.port.postMessage(["close"]),
  };
}

/**
 * Follows the stream for as long as the page is seen: a tab that nobody looks at asks for nothing,
 * and goes on where it was when it is looked at again.
 *
 * @param after position after which to begin
 * @param happened called with each {kind, change}: reset, without a change, says that all is to be
 *     asked for again
 * @param told called with a Stream whenever that changes
 * @returns a function that opens the stream anew, for a connection that died without a word
 */
export function follow(after, happened, told) {
  let position = after;
  const heard = ({ kind, id, data }) => {
    position = id;
    happened({ kind, change: kind === "reset" ? null : JSON.parse(data) });
  };
  const own = connect(heard, told);
  let stream = own;
  const look = () => {
    if (document.hidden) {
      stream.close();
      told(Stream.HIDDEN);
    } else {
      stream.open(position);
    }
  };
  const alone = () => {
    stream = own;
    look();
  };
  stream = shared(heard, told, alone) ?? own;
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", () => stream.close()); // a page kept for "back" holds none either
  addEventListener("pageshow", (event) => event.persisted && look());
  look();
  return look;
}

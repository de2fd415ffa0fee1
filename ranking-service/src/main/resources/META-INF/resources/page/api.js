// What the service answers, and its stream of changes.

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

async function get(path) {
  let response;
  try {
    response = await fetch(path, { headers: { Accept: "application/json" }, cache: "no-store" });
  } catch {
    throw new Problem(0, "The service cannot be reached.");
  }
  if (!response.ok) {
    throw await problem(response);
  }
  return response.json();
}

const part = encodeURIComponent;

/** Every run with its checkpoints. */
export const runs = () => get("/api/runs");

/** One concept over the steps of a run. */
export const concept = (run, name) => get(`/api/runs/${part(run)}/concepts/${part(name)}`);

/** One concept at one step. */
export const step = (run, name, number, top) =>
  get(`/api/runs/${part(run)}/concepts/${part(name)}/steps/${part(number)}?top=${part(top)}`);

const KINDS = ["neurons", "drift-baseline", "drift-previous", "status"];
const RETRY_MILLIS = 5000;

/**
 * Follows the stream for as long as the page lives. The browser itself tries again when a
 * connection breaks, but gives up when it is refused; then this tries again.
 *
 * @param changed called for each change with the name of the run, or null when all may have changed
 * @param connected called with true when the stream opens and with false whenever it breaks
 */
export function follow(changed, connected) {
  const source = new EventSource("/api/stream?top=1");
  source.onopen = () => connected(true);
  for (const kind of KINDS) {
    source.addEventListener(kind, (event) => changed(runOf(event)));
  }
  source.onerror = () => {
    connected(false);
    if (source.readyState === EventSource.CLOSED) {
      source.close();
      setTimeout(() => follow(changed, connected), RETRY_MILLIS);
    }
  };
}

function runOf(event) {
  try {
    return JSON.parse(event.data).run;
  } catch {
    return null;
  }
}

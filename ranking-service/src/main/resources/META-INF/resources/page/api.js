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

const ANSWER_MILLIS = 10000;

async function ask(path) {
  try {
    return await fetch(path, {
      headers: { Accept: "application/json" },
      cache: "no-store",
      signal: AbortSignal.timeout(ANSWER_MILLIS), // or one silent request would stop the page
    });
  } catch {
    throw new Problem(0, "The service cannot be reached.");
  }
}

async function get(path) {
  const response = await ask(path);
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

/** Every run with its checkpoints. */
export const runs = () => get("/api/runs");

/** One concept over the steps of a run. */
export const concept = (run, name) => get(`/api/runs/${part(run)}/concepts/${part(name)}`);

/** One concept at one step. */
export const step = (run, name, number, top) =>
  get(`/api/runs/${part(run)}/concepts/${part(name)}/steps/${part(number)}?top=${part(top)}`);

/** What is known of the newest checkpoint before any fit, by concept. */
export const earlyWarnings = (run, top) =>
  get(`/api/runs/${part(run)}/early-warnings?top=${part(top)}`);

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

const KINDS = ["neurons", "evaluation", "drift-baseline", "drift-previous", "early-warning", "clusters", "status"];
const RETRY_MILLIS = 5000;

/**
 * Follows the stream for as long as the page lives. The browser itself tries again when a
 * connection breaks, but gives up when it is refused; then this tries again.
 *
 * @param changed called for each change
 * @param connected called with true when the stream opens and with false whenever it breaks
 * @returns a function that opens the stream anew, for a connection that died without a word
 */
export function follow(changed, connected) {
  let source = null;
  let retry = null;
  const open = () => {
    clearTimeout(retry);
    source?.close();
    source = new EventSource("/api/stream?top=1");
    source.onopen = () => connected(true);
    KINDS.forEach((kind) => source.addEventListener(kind, () => changed()));
    source.onerror = () => {
      connected(false);
      if (source.readyState === EventSource.CLOSED) {
        retry = setTimeout(open, RETRY_MILLIS);
      }
    };
  };
  open();
  return open;
}

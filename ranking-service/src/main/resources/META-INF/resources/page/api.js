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
    throw new Problem(
      0,
      "The service does not answer. If more than five tabs of this browser show it, close some: a browser opens six connections to one address.",
    );
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
const OPEN_MILLIS = 10000;

/** What can be said of the stream. */
export const Stream = { LIVE: "live", LOST: "lost", CROWDED: "crowded", HIDDEN: "hidden" };

/**
 * Follows the stream for as long as the page is seen. A browser opens six connections to one
 * address, over all its tabs, and a stream holds one: a tab that nobody looks at gives its stream
 * back, and one that gets none within ten seconds says so. The browser itself tries again when a
 * connection breaks, but gives up when it is refused; then this tries again.
 *
 * @param changed called for each change
 * @param told called with a Stream whenever that changes
 * @returns a function that opens the stream anew, for a connection that died without a word
 */
export function follow(changed, told) {
  let source = null;
  let retry = null;
  let patience = null;
  const close = () => {
    clearTimeout(retry);
    clearTimeout(patience);
    source?.close();
    source = null;
  };
  const again = (state) => {
    close();
    told(state);
    retry = setTimeout(open, RETRY_MILLIS);
  };
  const open = () => {
    close();
    if (document.hidden) {
      told(Stream.HIDDEN);
      return;
    }
    const opened = new EventSource("/api/stream?top=1");
    const wait = () => {
      clearTimeout(patience);
      patience = setTimeout(() => again(Stream.CROWDED), OPEN_MILLIS);
    };
    source = opened;
    wait();
    opened.onopen = () => {
      clearTimeout(patience);
      told(Stream.LIVE);
    };
    KINDS.forEach((kind) => opened.addEventListener(kind, () => changed()));
    opened.onerror = () => {
      if (opened.readyState === EventSource.CLOSED) {
        again(Stream.LOST);
      } else {
        told(Stream.LOST);
        wait();
      }
    };
  };
  document.addEventListener("visibilitychange", open);
  addEventListener("pagehide", close); // a page kept for "back" holds no connection either
  addEventListener("pageshow", (event) => event.persisted && open());
  open();
  return open;
}

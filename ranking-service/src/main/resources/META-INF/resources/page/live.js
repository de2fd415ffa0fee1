// The connection to the server: the stream, and a look now and then whether the server still answers.

const KINDS = ["neurons", "drift-baseline", "drift-previous", "status"];
const LOOK_EVERY_MS = 10_000;
const ANSWER_WITHIN_MS = 8_000;
const AGAIN_AFTER_MS = 3_000;

/**
 * Keeps a stream of changes open.
 *
 * The browser opens a broken stream again by itself unless the server refused it; then we do. A
 * connection that is dead without a word is found by asking for the server's health.
 */
export class Live {
  #source;
  #streamLost = null;
  #noAnswer = null;
  #notReady = "";
  #lastSeen = Date.now();

  /**
   * @param onChange hears every change
   * @param onState hears {state: "connecting" | "live" | "lost" | "unready", since, detail}
   * @param onRuns hears the list of runs after each (re)connection, and when it was asked for
   */
  constructor(onChange, onState, onRuns) {
    this.onChange = onChange;
    this.onState = onState;
    this.onRuns = onRuns;
    this.#open();
    this.#look();
  }

  #open() {
    this.#source?.close();
    this.#source = new EventSource("api/stream?top=1");
    this.#source.onopen = () => this.#opened();
    this.#source.onerror = () => this.#broken();
    for (const kind of KINDS) {
      this.#source.addEventListener(kind, (event) => {
        this.#lastSeen = Date.now();
        this.onChange(JSON.parse(event.data));
      });
    }
  }

  #opened() {
    this.#streamLost = null;
    this.#noAnswer = null;
    this.#tell();
    this.#list();
  }

  #broken() {
    this.#streamLost ??= Date.now();
    if (this.#source.readyState === EventSource.CLOSED) {
      setTimeout(() => this.#open(), AGAIN_AFTER_MS);
    }
    this.#tell();
  }

  async #list() {
    const asked = performance.now();
    try {
      this.onRuns(await getJson("api/runs"), asked);
    } catch {
      // the next connection asks again
    }
  }

  async #look() {
    try {
      const health = await fetch("q/health/ready", { signal: AbortSignal.timeout(ANSWER_WITHIN_MS), cache: "no-store" });
      this.#notReady = health.status === 503 ? down(await health.json()) : "";
      if (this.#noAnswer !== null) { // the stream may have died meanwhile without a word
        this.#noAnswer = null;
        this.#open();
      }
      this.#lastSeen = Date.now();
    } catch {
      this.#noAnswer ??= this.#lastSeen;
    }
    this.#tell();
    setTimeout(() => this.#look(), LOOK_EVERY_MS);
  }

  #tell() {
    const since = this.#streamLost ?? this.#noAnswer;
    if (since !== null) {
      this.onState({ state: "lost", since, detail: "" });
    } else if (this.#notReady) {
      this.onState({ state: "unready", since: null, detail: this.#notReady });
    } else {
      const open = this.#source.readyState === EventSource.OPEN;
      this.onState({ state: open ? "live" : "connecting", since: null, detail: "" });
    }
  }
}

function down(health) {
  const checks = (health.checks ?? []).filter((check) => check.status !== "UP");
  return checks.map((check) => [check.name, ...Object.values(check.data ?? {})].join(": ")).join("; ") || "not ready";
}

/** JSON of an address; an error says what the server said. */
export async function getJson(address) {
  const answer = await fetch(address, {
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Error(body.detail ?? body.title ?? `HTTP ${answer.status}`);
  }
  return body;
}

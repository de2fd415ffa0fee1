// The stream of changes: one connection, opened anew whenever it breaks.

const KINDS = ["neurons", "evaluation", "drift-baseline", "drift-previous", "alarm", "early-warning", "clusters", "status"];
const RETRY_MILLIS = 5000;
const OPEN_MILLIS = 10000;

/** What can be said of the stream. */
export const Stream = { LIVE: "live", LOST: "lost", CROWDED: "crowded", HIDDEN: "hidden" };

/**
 * A stream that is closed at first. The browser itself tries again when a connection breaks, but
 * gives up when it is refused; then this tries again, and says so when it gets none within ten
 * seconds.
 *
 * @param changed called for each change
 * @param told called with a Stream whenever that changes
 * @returns open, which also opens it anew, and close
 */
export function connect(changed, told) {
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
  return { open, close };
}

// The stream of changes: one connection, opened anew after the last change whenever it breaks.

const KINDS = ["checkpoint", "concept", "reset"];
const RETRY_MILLIS = 5000;
const OPEN_MILLIS = 10000;
const SILENT_MILLIS = 25000; // the service beats every ten seconds

/** What can be said of the stream. */
export const Stream = { LIVE: "live", LOST: "lost", CROWDED: "crowded", HIDDEN: "hidden" };

/**
 * A stream that is closed at first. The browser itself tries again when a connection breaks, and
 * goes on after the last event, but gives up when it is refused; then this tries again, and says so
 * when it gets none within ten seconds.
 *
 * @param happened called with each {kind, id, data}: kind checkpoint, concept or reset, id the
 *     position, data as text
 * @param told called with a Stream whenever that changes
 * @returns open(after), which also opens it anew, and close
 */
export function connect(happened, told) {
  let source = null;
  let timer = null;
  let last = "";
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  const later = (millis, what) => {
    clearTimeout(timer);
    timer = setTimeout(what, millis);
  };
  const again = (state) => {
    close();
    told(state);
    later(RETRY_MILLIS, () => open());
  };
  const open = (after = last) => {
    close();
    last = after;
    const opened = new EventSource(`/api/stream/overview?after=${encodeURIComponent(last)}`);
    const wait = () => later(OPEN_MILLIS, () => again(Stream.CROWDED));
    const heard = () => later(SILENT_MILLIS, () => again(Stream.LOST));
    source = opened;
    wait();
    opened.onopen = () => {
      heard();
      told(Stream.LIVE);
    };
    opened.addEventListener("beat", heard);
    KINDS.forEach((kind) =>
      opened.addEventListener(kind, ({ lastEventId, data }) => {
        heard();
        last = lastEventId;
        happened({ kind, id: last, data });
      }),
    );
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

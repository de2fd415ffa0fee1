// The one stream of all tabs of a browser, in a worker that they share. A browser opens six
// connections to one address, over all its tabs: with a stream each, six tabs would leave none for
// their questions. It is held for as long as one of them is seen.

import { connect } from "./stream.js";

const pages = new Set();
let state = null; // unknown until the stream first says

const tell = (message) => pages.forEach((page) => page.postMessage(message));
const stream = connect(
  (event) => tell({ event }),
  (now) => {
    state = now;
    tell({ state });
  },
);

const asked = {
  /** A page that is there already asks for a new connection; one that joins missed what was told. */
  open(page, after) {
    const isNew = !pages.has(page);
    pages.add(page);
    if (pages.size === 1) {
      stream.open(after);
    } else if (!isNew) {
      stream.open();
    } else {
      page.postMessage({ event: { kind: "reset", id: after } });
      if (state !== null) {
        page.postMessage({ state });
      }
    }
  },
  close(page) {
    pages.delete(page);
    if (pages.size === 0) {
      stream.close();
      state = null;
    }
  },
};

self.onconnect = ({ ports: [page] }) => {
  page.onmessage = ({ data: [what, after] }) => asked[what]?.(page, after);
};

// What one sees on the first screen of the demo, until it is closed.

import { byId } from "./dom.js";

const RUN = "demo"; // as ./salient demo calls it
const CLOSED = "salient.tour";

/** Shows it on the first screen of the demo. */
export function showTour(run, view) {
  byId("tour").hidden = run !== RUN || view !== "overview" || closed();
}

/** Closes it for good, as far as this browser remembers. */
export function listenTour() {
  byId("tour-close").addEventListener("click", () => {
    byId("tour").hidden = true;
    byId("tour").dataset.closed = "true";
    try {
      localStorage.setItem(CLOSED, "true");
    } catch {
      // it is closed for as long as the page is open
    }
    byId("main").focus({ preventScroll: true });
  });
}

function closed() {
  try {
    return localStorage.getItem(CLOSED) !== null;
  } catch {
    return byId("tour").dataset.closed === "true"; // a browser that keeps nothing
  }
}

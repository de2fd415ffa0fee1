// What people are told about the connection.
import { clock } from "./dom.js";

/** {text} for the corner of the page, {stale} for the line across it; empty when all is well. */
export function connectionText({ state, since, detail }) {
  switch (state) {
    case "live":
      return { text: "● live", stale: "" };
    case "lost":
      return {
        text: "✕ connection lost",
        stale: `No connection since ${clock(since)}. What you see may be older than what is known; trying again.`,
      };
    case "unready":
      return { text: "! not ready", stale: `The service is not ready, results may stand still: ${detail}` };
    default:
      return { text: "… connecting", stale: "" };
  }
}

package io.salient.standalone.command;

/** How an answer is printed. */
enum OutputFormat {
  /** For people. */
  TABLE,
  /** One JSON document. */
  JSON,
  /** Comma-separated values with a header line. */
  CSV
}

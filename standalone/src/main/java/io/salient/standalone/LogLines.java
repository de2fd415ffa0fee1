package io.salient.standalone;

import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sees to it that what is logged does not stick to a bar that is being drawn. */
final class LogLines extends Handler {
  private static final Logger ROOT = Logger.getLogger("");

  private final Progress bar;
  private final List<Handler> handlers;

  private LogLines(Progress bar, List<Handler> handlers) {
    this.bar = bar;
    this.handlers = handlers;
  }

  /** From now on every line that is logged stands above the bar. */
  static LogLines above(Progress bar) {
    LogLines lines = new LogLines(bar, Arrays.asList(ROOT.getHandlers()));
    lines.handlers.forEach(ROOT::removeHandler);
    ROOT.addHandler(lines);
    return lines;
  }

  @Override
  public void publish(LogRecord record) {
    bar.aside(() -> handlers.forEach(handler -> handler.publish(record)));
  }

  @Override
  public void flush() {
    handlers.forEach(Handler::flush);
  }

  /** The handlers are as they were. */
  @Override
  public void close() {
    ROOT.removeHandler(this);
    handlers.forEach(ROOT::addHandler);
  }
}

package io.salient.ranking.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged as an error under a category while it is open. */
final class CapturedErrors extends Handler implements AutoCloseable {
  private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
  private final Logger logger;

  private CapturedErrors(Logger logger) {
    this.logger = logger;
  }

  static CapturedErrors of(String category) {
    CapturedErrors errors = new CapturedErrors(Logger.getLogger(category));
    errors.logger.addHandler(errors);
    return errors;
  }

  /** Each with its exception. */
  List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void publish(LogRecord entry) {
    if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
      messages.add(entry.getMessage() + ": " + entry.getThrown());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}

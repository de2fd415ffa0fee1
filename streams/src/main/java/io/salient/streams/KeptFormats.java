package io.salient.streams;

import io.salient.streams.state.StateFormats;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The small store that says what the others are written in (F25): looked at before anything is read
 * or changed, and written before anything else is.
 */
public final class KeptFormats {
  private final KeyValueStore<String, String> store;
  private final StateFormats formats;

  /**
   * Looks at what is kept.
   *
   * @throws io.salient.streams.state.StateFormatException when a newer program wrote it
   */
  public KeptFormats(KeyValueStore<String, String> store, StateFormats formats) {
    this.store = store;
    this.formats = formats;
    try (KeyValueIterator<String, String> kept = store.all()) {
      kept.forEachRemaining(entry -> formats.check(entry.key, entry.value));
    }
  }

  /** Keeps what this program writes; once, the first time it is called. */
  public void note() {
    formats.note(store::putIfAbsent);
  }
}

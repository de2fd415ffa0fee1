package io.salient.streams.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The formats that the state stores of a service are written in. They are kept in a small store
 * beside the others, so that an older program knows before it reads or changes anything that it
 * must not (F25).
 *
 * <pre>
 * key     store/format   salient-probe-reports/ProbeReport.1586ddb3691e0d9f
 * value   version of Salient that first wrote the store in this format
 * </pre>
 *
 * <p>Formats of stores that this program does not have are left alone. Not thread-safe: each
 * partition has its own.
 */
public final class StateFormats {
  private final Map<String, List<StateFormat>> stores = new LinkedHashMap<>();
  private boolean noted;

  /** Adds a store and all that its entries are made of. */
  public StateFormats with(String store, StateFormat... formats) {
    stores.put(store, List.of(formats));
    return this;
  }

  /**
   * Looks at an entry of the store of formats.
   *
   * @throws StateFormatException when a newer program wrote what cannot be read here
   */
  public void check(String key, String writer) {
    String store = key.substring(0, key.indexOf('/'));
    String format = key.substring(key.indexOf('/') + 1);
    List<StateFormat> known = stores.get(store);
    if (known != null && known.stream().noneMatch(one -> one.reads(format))) {
      throw new StateFormatException(format, store, writer);
    }
  }

  /**
   * Hands over the formats that this program writes: once, before it writes anything else.
   *
   * @param keep keeps a key and its value unless the key is there
   */
  public void note(BiConsumer<String, String> keep) {
    if (!noted) {
      written().forEach(key -> keep.accept(key, SalientVersion.text()));
      noted = true;
    }
  }

  /** Keys of the formats that this program writes. */
  List<String> written() {
    List<String> written = new ArrayList<>();
    stores.forEach(
        (store, formats) -> formats.forEach(format -> written.add(store + "/" + format.text())));
    return written;
  }
}

package io.salient.standalone.settings;

import io.quarkus.runtime.annotations.StaticInitSafe;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * What the command line says, as a source of the configuration that is stronger than system
 * properties, environment and files. The configuration of the process makes one by itself and finds
 * in it what {@link Settings#use} left; a question asked before that has one of its own.
 */
@StaticInitSafe
public final class OptionSource implements ConfigSource {
  /** System properties have 400. */
  private static final int ORDINAL = 500;

  private static volatile Map<String, String> used = Map.of();

  private final Map<String, String> own;

  /** For the configuration of the process. */
  public OptionSource() {
    this(null);
  }

  OptionSource(Map<String, String> own) {
    this.own = own;
  }

  static void use(Map<String, String> options) {
    used = Map.copyOf(options);
  }

  @Override
  public Map<String, String> getProperties() {
    return own == null ? used : own;
  }

  @Override
  public Set<String> getPropertyNames() {
    return getProperties().keySet();
  }

  @Override
  public String getValue(String key) {
    return getProperties().get(key);
  }

  @Override
  public String getName() {
    return "command line";
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }
}

package io.salient.security;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.ObjectInputFilter;

/**
 * Refuses every object of Java serialization in this process, whoever started it and however: no
 * code of ours or of our libraries needs one. Where {@code -Djdk.serialFilter} was given, that one
 * is in force.
 */
@ApplicationScoped
public class SerialFilter {
  private static final String NOTHING = "!*";

  void onStart(@Observes StartupEvent event) {
    if (ObjectInputFilter.Config.getSerialFilter() == null) {
      ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter(NOTHING));
    }
  }
}

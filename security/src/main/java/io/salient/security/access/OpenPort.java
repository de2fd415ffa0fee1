package io.salient.security.access;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Says so where a port can be reached from outside and nobody is asked who they are. */
@ApplicationScoped
public class OpenPort {
  private static final Logger LOG = Logger.getLogger(OpenPort.class);
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  private final Access access;
  private final String host;
  private final boolean listens;

  /** Looks at where the process listens. */
  @Inject
  public OpenPort(
      Access access,
      @ConfigProperty(name = "quarkus.http.host", defaultValue = "127.0.0.1") String host,
      @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean listens) {
    this.access = access;
    this.host = host;
    this.listens = listens;
  }

  void onStart(@Observes StartupEvent event) {
    if (listens && !LOOPBACK.contains(host) && !access.asks()) {
      LOG.warnf(
          "quarkus.http.host=%s: whoever reaches this port is answered; set"
              + " salient.access.token-file or let only those reach it who may (docs/security.md)",
          host);
    }
  }
}

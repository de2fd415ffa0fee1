package io.salient.streams.client;

import io.salient.streams.failure.TellingCause;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/**
 * What a broker refused, in one sentence that names the setting or the ACL. Wherever such a failure
 * comes up, it means the same.
 */
public final class BrokerRefusal {
  private static final String TABLE = "; what each service needs is a table in docs/security.md";

  private BrokerRefusal() {}

  /** The sentence; empty for failures of another kind. */
  public static Optional<String> of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SslAuthenticationException tls) {
        return Optional.of(tls(tls));
      }
      if (cause instanceof AuthenticationException refused) {
        return Optional.of(login(refused));
      }
      if (cause instanceof AuthorizationException forbidden) {
        return Optional.of("Kafka's ACLs do not let this user " + forbidden(forbidden) + TABLE);
      }
    }
    return Optional.empty();
  }

  /** The sentence, or where there is none the failure's own message. */
  public static String told(Throwable failure) {
    return of(failure).orElseGet(() -> String.valueOf(failure.getMessage()));
  }

  private static String tls(SslAuthenticationException failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return "no TLS connection to Kafka (%s): its certificate has to be of an issuer in ssl.truststore.* and of the name it is reached by, and where it asks for ours, that is ssl.keystore.* (salient.kafka.properties, salient.kafka.property-files)"
        .formatted(TellingCause.oneLine(String.valueOf(innermost.getMessage())));
  }

  private static String login(AuthenticationException failure) {
    return "Kafka does not know this user, or not by this password (%s): see sasl.jaas.config and sasl.mechanism in salient.kafka.properties or salient.kafka.property-files; files are read at the start of a service"
        .formatted(TellingCause.oneLine(String.valueOf(failure.getMessage())));
  }

  private static String forbidden(AuthorizationException failure) {
    return switch (failure) {
      case TopicAuthorizationException topics when !topics.unauthorizedTopics().isEmpty() ->
          "use topics " + topics.unauthorizedTopics();
      case GroupAuthorizationException group -> "use group " + group.groupId();
      case TransactionalIdAuthorizationException _ -> "use its transactional id";
      case ClusterAuthorizationException _ -> "do this to the cluster";
      default -> "do this (" + TellingCause.oneLine(String.valueOf(failure.getMessage())) + ")";
    };
  }
}

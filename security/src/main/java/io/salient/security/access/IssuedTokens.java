package io.salient.security.access;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/**
 * JSON Web Tokens of one issuer: signed by one of its public keys, for us, and not expired. May ask
 * the issuer for keys, and so block.
 */
final class IssuedTokens {
  private static final Logger LOG = Logger.getLogger(IssuedTokens.class);
  private static final int SKEW_SECONDS = 30;
  private static final int PARTS = 3;

  /** Of a pair of keys alone: with a shared secret, whoever can check could also issue. */
  private static final AlgorithmConstraints SIGNATURES =
      new AlgorithmConstraints(
          AlgorithmConstraints.ConstraintType.PERMIT,
          AlgorithmIdentifiers.RSA_USING_SHA256,
          AlgorithmIdentifiers.RSA_USING_SHA384,
          AlgorithmIdentifiers.RSA_USING_SHA512,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
          AlgorithmIdentifiers.EDDSA);

  private final JwtConsumer consumer;
  private final AccessSettings.Jwt settings;

  private IssuedTokens(JwtConsumer consumer, AccessSettings.Jwt settings) {
    this.consumer = consumer;
    this.settings = settings;
  }

  /**
   * Of the issuer of the settings; empty where there is none.
   *
   * @throws IllegalArgumentException naming the setting that is wrong or missing
   */
  static Optional<IssuedTokens> of(AccessSettings.Jwt settings) {
    if (settings.issuer().isPresent() != settings.keys().isPresent()) {
      throw new IllegalArgumentException(
          "salient.access.jwt.issuer and salient.access.jwt.keys are set together or not at all");
    }
    return settings.issuer().map(issuer -> new IssuedTokens(consumer(settings, issuer), settings));
  }

  private static JwtConsumer consumer(AccessSettings.Jwt settings, String issuer) {
    return new JwtConsumerBuilder()
        .setExpectedIssuer(issuer)
        .setExpectedAudience(settings.audience())
        .setRequireExpirationTime()
        .setAllowedClockSkewInSeconds(SKEW_SECONDS)
        .setJwsAlgorithmConstraints(SIGNATURES)
        .setVerificationKeyResolver(IssuerKeys.of(settings.keys().orElseThrow()))
        .build();
  }

  /** False for what cannot be one, so that nobody has to be asked. */
  static boolean looksLikeOne(String token) {
    return token.split("\\.", -1).length == PARTS;
  }

  /** What a token gives; empty when it is not valid. The messages of the library hold claims. */
  Optional<Grant> grant(String token) {
    try {
      JwtClaims claims = consumer.processToClaims(token);
      return Optional.of(new Grant(roles(claims), runs(claims)));
    } catch (InvalidJwtException e) {
      tellIfUnreachable(e);
      return Optional.empty();
    } catch (MalformedClaimException e) {
      return Optional.empty();
    }
  }

  private static void tellIfUnreachable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException unreachable) {
        LOG.warnf("salient.access.jwt.keys cannot be read: %s", unreachable);
      }
    }
  }

  private Set<Role> roles(JwtClaims claims) throws MalformedClaimException {
    List<String> named = list(claims, settings.rolesClaim());
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : Role.values()) {
      if (named.contains(role.text())) {
        roles.add(role);
      }
    }
    return roles;
  }

  private RunPatterns runs(JwtClaims claims) throws MalformedClaimException {
    return claims.hasClaim(settings.runsClaim())
        ? RunPatterns.of(list(claims, settings.runsClaim()))
        : RunPatterns.ALL;
  }

  /** A list, or a text with blanks between, as of {@code scope}. */
  private static List<String> list(JwtClaims claims, String name) throws MalformedClaimException {
    if (!claims.hasClaim(name)) {
      return List.of();
    }
    return claims.isClaimValueString(name)
        ? Arrays.asList(claims.getStringClaimValue(name).strip().split("\\s+"))
        : claims.getStringListClaimValue(name);
  }
}

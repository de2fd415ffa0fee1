package io.salient.ranking;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** A service that asks for tokens, which come from a file. */
public final class LockedService implements QuarkusTestProfile {
  /** May see every run. */
  public static final String ALL = "all-01234567890123456789012345678901";

  /** May see runs that begin with mine. */
  public static final String MINE = "mine-0123456789012345678901234567890";

  /** May announce, and see nothing. */
  public static final String ANNOUNCER = "announcer-0123456789012345678901234";

  /** Whose keys lie beside the tokens, the private ones too. */
  public static final String ISSUER = "https://issuer.example";

  /** Whose pages may read. */
  public static final String SITE = "https://dashboard.example";

  /** How many may listen at a time. */
  public static final int LISTENERS = 3;

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "salient.access.token-file",
        tokens().toString(),
        "salient.access.jwt.issuer",
        ISSUER,
        "salient.access.jwt.keys",
        keys().toString(),
        "salient.access.cors-origins",
        SITE,
        "salient.access.recheck-interval",
        "PT0.1S",
        "salient.access.open-metrics",
        "false",
        "salient.ranking.max-stream-clients",
        Integer.toString(LISTENERS));
  }

  private static Path keys() {
    try {
      EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      Path file = Files.createTempFile(Path.of("target"), "keys", ".json").toAbsolutePath();
      return Files.writeString(
          file, new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
    } catch (IOException | JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path tokens() {
    try {
      Path file = Files.createTempFile(Path.of("target"), "tokens", ".txt");
      return Files.write(
              file, List.of(ALL + " view", MINE + " view mine*", ANNOUNCER + " announce"))
          .toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.salient.security.access;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.util.List;
import java.util.Set;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/** Where the public keys of an issuer come from. */
final class IssuerKeys {
  private static final String SETTING = "salient.access.jwt.keys";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private IssuerKeys() {}

  /**
   * Of an address, which is asked again for a key that is not known, or of a file, which is read
   * for every token.
   *
   * @throws IllegalArgumentException when it is neither, or the address is not encrypted
   */
  static VerificationKeyResolver of(String place) {
    if (place.startsWith("https://") || isLoopback(place)) {
      return new HttpsJwksVerificationKeyResolver(new HttpsJwks(place));
    }
    if (place.contains("://")) {
      throw new IllegalArgumentException(
          SETTING + ": " + place + " is not an https address: keys must come unchanged");
    }
    Path file = Path.of(place);
    try {
      read(file);
    } catch (IOException | JoseException e) {
      throw new IllegalArgumentException(SETTING + ": " + file + " holds no JWK set", e);
    }
    return new OfFile(file);
  }

  private static boolean isLoopback(String place) {
    return place.startsWith("http://") && LOOPBACK.contains(URI.create(place).getHost());
  }

  private static JwksVerificationKeyResolver read(Path file) throws IOException, JoseException {
    return new JwksVerificationKeyResolver(
        new JsonWebKeySet(Files.readString(file)).getJsonWebKeys());
  }

  /** So that keys are changed by changing the file. */
  private record OfFile(Path file) implements VerificationKeyResolver {
    @Override
    public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nesting)
        throws UnresolvableKeyException {
      try {
        return read(file).resolveKey(signature, nesting);
      } catch (IOException | JoseException e) {
        throw new UnresolvableKeyException(SETTING + ": " + file + " holds no JWK set", e);
      }
    }
  }
}

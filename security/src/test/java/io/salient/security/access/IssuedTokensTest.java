package io.salient.security.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S9: tokens of an issuer, signed with keys made here. */
class IssuedTokensTest {
  private static final String ISSUER = "https://issuer.example";

  @TempDir Path folder;
  private Path keys;
  private EllipticCurveJsonWebKey key;

  @BeforeEach
  void publish() throws JoseException, IOException {
    keys = folder.resolve("keys.json");
    key = key("k1");
    publish(key);
  }

  private static EllipticCurveJsonWebKey key(String id) throws JoseException {
    EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    key.setKeyId(id);
    return key;
  }

  private void publish(JsonWebKey... published) throws IOException {
    Files.writeString(
        keys, new JsonWebKeySet(published).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
  }

  private IssuedTokens tokens() {
    return IssuedTokens.of(Given.settings("jwt.issuer", ISSUER, "jwt.keys", keys.toString()).jwt())
        .orElseThrow();
  }

  private static JwtClaims claims(Consumer<JwtClaims> changes) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience("salient");
    claims.setExpirationTimeMinutesInTheFuture(5);
    claims.setStringListClaim("groups", "view", "staff");
    changes.accept(claims);
    return claims;
  }

  private static String signed(EllipticCurveJsonWebKey by, Consumer<JwtClaims> changes)
      throws JoseException {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims(changes).toJson());
    signature.setKey(by.getPrivateKey());
    signature.setKeyIdHeaderValue(by.getKeyId());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    return signature.getCompactSerialization();
  }

  @Test
  void shouldGiveWhatTheClaimsSay() throws JoseException {
    Grant all = tokens().grant(signed(key, claims -> {})).orElseThrow();
    Grant some =
        tokens()
            .grant(
                signed(
                    key,
                    claims -> {
                      claims.setStringClaim("groups", "view announce");
                      claims.setStringListClaim("salient_runs", "bert-*");
                    }))
            .orElseThrow();

    assertThat(all.roles()).containsExactly(Role.VIEW);
    assertThat(all.runs().all()).isTrue();
    assertThat(some.roles()).containsExactlyInAnyOrder(Role.values());
    assertThat(some.runs()).accepts("bert-base").rejects("gpt");
  }

  @Test
  void shouldGiveNothingWithoutRoles() throws JoseException {
    String token = signed(key, claims -> claims.unsetClaim("groups"));

    assertThat(tokens().grant(token).orElseThrow().roles()).isEmpty();
  }

  @Test
  void shouldRefuseWhatIsNotOfTheIssuerForUsOrOfNow() throws JoseException {
    List<String> wrong =
        List.of(
            signed(key, claims -> claims.setIssuer("https://other.example")),
            signed(key, claims -> claims.setAudience("another")),
            signed(key, claims -> claims.setExpirationTimeMinutesInTheFuture(-5)),
            signed(key, claims -> claims.unsetClaim("exp")),
            signed(key("k1"), claims -> {}),
            signed(key("k2"), claims -> {}),
            signed(key, claims -> {}) + "x",
            "a.b.c");

    assertThat(wrong).allSatisfy(token -> assertThat(tokens().grant(token)).isEmpty());
  }

  /** The two classic ways around a signature. */
  @Test
  void shouldRefuseTokensWithoutSignatureOrSignedByThePublicKey() throws Exception {
    JsonWebSignature none = new JsonWebSignature();
    none.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.NO_CONSTRAINTS);
    none.setPayload(claims(claims -> {}).toJson());
    none.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
    JsonWebSignature shared = new JsonWebSignature();
    shared.setPayload(claims(claims -> {}).toJson());
    shared.setKeyIdHeaderValue("k1");
    shared.setKey(new HmacKey(Files.readString(keys).getBytes(StandardCharsets.UTF_8)));
    shared.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);

    assertThat(tokens().grant(none.getCompactSerialization())).isEmpty();
    assertThat(tokens().grant(shared.getCompactSerialization())).isEmpty();
  }

  @Test
  void shouldTakeUpNewKeysOfAFile() throws JoseException, IOException {
    IssuedTokens tokens = tokens();
    EllipticCurveJsonWebKey next = key("k2");
    String token = signed(next, claims -> {});
    assertThat(tokens.grant(token)).isEmpty();

    publish(key, next);

    assertThat(tokens.grant(token)).isPresent();
  }

  @Test
  void shouldRefuseSettingsThatAreNotWhole() {
    AccessSettings.Jwt half = Given.settings("jwt.issuer", ISSUER).jwt();
    AccessSettings.Jwt open =
        Given.settings("jwt.issuer", ISSUER, "jwt.keys", "http://issuer.example/keys").jwt();
    AccessSettings.Jwt nowhere =
        Given.settings("jwt.issuer", ISSUER, "jwt.keys", folder.resolve("no").toString()).jwt();

    assertThatThrownBy(() -> IssuedTokens.of(half)).hasMessageContaining("salient.access.jwt.keys");
    assertThatThrownBy(() -> IssuedTokens.of(open)).hasMessageContaining("not an https address");
    assertThatThrownBy(() -> IssuedTokens.of(nowhere)).hasMessageContaining("holds no JWK set");
  }
}

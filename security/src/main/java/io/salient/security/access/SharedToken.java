package io.salient.security.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** A token that several know, kept as its hash. */
final class SharedToken {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/=-]{32,512}");

  private final byte[] hash;
  private final Grant grant;

  private SharedToken(byte[] hash, Grant grant) {
    this.hash = hash;
    this.grant = grant;
  }

  /**
   * A token and what it gives.
   *
   * @throws IllegalArgumentException when it is short enough to be guessed, or no header can hold
   *     it; the message does not
   */
  static SharedToken of(String token, Grant grant) {
    if (!FORM.matcher(token).matches()) {
      throw new IllegalArgumentException(
          "a token is 32 to 512 letters, digits or . _ ~ + / = -, such as `openssl rand -hex 32`"
              + " prints");
    }
    return new SharedToken(hash(token), grant);
  }

  static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Takes the same time wherever the two differ. */
  boolean is(byte[] otherHash) {
    return MessageDigest.isEqual(hash, otherHash);
  }

  Grant grant() {
    return grant;
  }
}

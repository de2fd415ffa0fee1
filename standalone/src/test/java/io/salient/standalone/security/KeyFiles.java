package io.salient.standalone.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** Keys and certificates of a test, each its own issuer, made by the JDK's keytool. */
final class KeyFiles {
  static final String PASSWORD = "of-the-test";

  private final Path folder;

  KeyFiles(Path folder) {
    this.folder = folder;
  }

  /** Path of the key store of a name. */
  Path store(String name) {
    return folder.resolve(name + ".p12");
  }

  /**
   * Makes a key and its certificate.
   *
   * @param hosts such as ip:127.0.0.1; the names that the certificate is of
   */
  void make(String name, String hosts) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            name,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=" + name,
            "-ext",
            "san=" + hosts,
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            store(name).toString(),
            "-storepass",
            PASSWORD);
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new AssertionError(said);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A store of the certificate of a name alone: what trusts it. */
  Path trusting(String name) {
    try {
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      trust.setCertificateEntry(name, open(name).getCertificate(name));
      Path file = folder.resolve(name + "-trust.p12");
      try (OutputStream out = Files.newOutputStream(file)) {
        trust.store(out, PASSWORD.toCharArray());
      }
      return file;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The certificate as a file of text, as a cluster mounts it. */
  Path certificate(String name) {
    try {
      byte[] encoded = open(name).getCertificate(name).getEncoded();
      return pem(name + ".crt", "CERTIFICATE", encoded);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The private key, the same way. */
  Path key(String name) {
    try {
      byte[] encoded = open(name).getKey(name, PASSWORD.toCharArray()).getEncoded();
      return pem(name + ".key", "PRIVATE KEY", encoded);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private Path pem(String file, String kind, byte[] content) {
    String text =
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(content), kind);
    try {
      return Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private KeyStore open(String name) {
    try (InputStream in = Files.newInputStream(store(name))) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      return keys;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }
}

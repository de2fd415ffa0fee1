package io.salient.security.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who may do what by HTTP. As long as none of these is set, nobody is asked who they are. */
@ConfigMapping(prefix = "salient.access")
public interface AccessSettings {
  /** A token that may do everything. */
  Optional<String> token();

  /** File of tokens, one a line, with roles and runs; read again when it changes. */
  Optional<String> tokenFile();

  /** Whether metrics are read without a token, as health always is. */
  @WithDefault("true")
  boolean openMetrics();

  /** How often the token of an open stream is looked at again. */
  @WithDefault("PT10S")
  Duration recheckInterval();

  /** Sites whose pages may read results; none by default. */
  Optional<List<String>> corsOrigins();

  /** Tokens that someone else issues. */
  Jwt jwt();

  /** JSON Web Tokens. */
  interface Jwt {
    /** Who issues them: their claim {@code iss}. */
    Optional<String> issuer();

    /** The issuer's public keys as a JWK set: an https address, or a file. */
    Optional<String> keys();

    /** Whom they must be for: their claim {@code aud}. */
    @WithDefault("salient")
    String audience();

    /** Claim that lists roles. */
    @WithDefault("groups")
    String rolesClaim();

    /** Claim that lists patterns of runs; a token without it may see all. */
    @WithDefault("salient_runs")
    String runsClaim();
  }
}

package io.salient.security.access;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings and tokens of tests. */
final class Given {
  static final String ONE = "one-0123456789012345678901234567890";
  static final String TWO = "two-0123456789012345678901234567890";
  static final String THREE = "three-01234567890123456789012345678";

  private Given() {}

  /** Pairs of a key below {@code salient.access.} and its value; all others as by default. */
  static AccessSettings settings(String... pairs) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return new Values(values);
  }

  private record Values(Map<String, String> values) implements AccessSettings {
    private Optional<String> value(String key) {
      return Optional.ofNullable(values.get(key));
    }

    @Override
    public Optional<String> token() {
      return value("token");
    }

    @Override
    public Optional<String> tokenFile() {
      return value("token-file");
    }

    @Override
    public boolean openMetrics() {
      return true;
    }

    @Override
    public Optional<List<String>> corsOrigins() {
      return Optional.empty();
    }

    @Override
    public Duration recheckInterval() {
      return Duration.ofSeconds(10);
    }

    @Override
    public Jwt jwt() {
      return new IssuerValues(this);
    }
  }

  private record IssuerValues(Values of) implements AccessSettings.Jwt {
    @Override
    public Optional<String> issuer() {
      return of.value("jwt.issuer");
    }

    @Override
    public Optional<String> keys() {
      return of.value("jwt.keys");
    }

    @Override
    public String audience() {
      return "salient";
    }

    @Override
    public String rolesClaim() {
      return "groups";
    }

    @Override
    public String runsClaim() {
      return "salient_runs";
    }
  }
}

package io.salient.security.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Sites whose pages may read, as browsers name them: {@code https://host[:port]}.
 *
 * @param listed each of them; {@link #ALL} alone for every site
 */
record Origins(Set<String> listed) {
  static final String ALL = "*";
  private static final String SETTING = "salient.access.cors-origins";

  /**
   * Those of a setting.
   *
   * @param tokens true where tokens are asked for
   * @throws IllegalArgumentException when one is no origin, or all sites are to read what only
   *     those with a token may
   */
  static Origins of(List<String> listed, boolean tokens) {
    if (listed.contains(ALL)) {
      if (tokens || listed.size() > 1) {
        throw new IllegalArgumentException(
            SETTING
                + " is *, which goes alone, and only where no token is asked for: list the origins"
                + " that may read");
      }
      return new Origins(Set.of(ALL));
    }
    listed.forEach(Origins::check);
    return new Origins(Set.copyOf(listed));
  }

  private static void check(String origin) {
    if (!isOrigin(origin)) {
      throw new IllegalArgumentException(
          "%s names \"%s\", which is no origin: write https://host or https://host:port in lower case, without a path, and without the port that the scheme has anyway"
              .formatted(SETTING, origin));
    }
  }

  /** As browsers write it: without what the scheme says anyway. */
  private static boolean isOrigin(String text) {
    try {
      URI uri = new URI(text);
      boolean https = "https".equals(uri.getScheme());
      if (uri.getHost() == null || !(https || "http".equals(uri.getScheme()))) {
        return false;
      }
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      boolean implied = uri.getPort() == (https ? 443 : 80);
      String host = uri.getHost().toLowerCase(Locale.ROOT);
      return !implied && text.equals(uri.getScheme() + "://" + host + port);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  boolean isEmpty() {
    return listed.isEmpty();
  }

  boolean all() {
    return listed.contains(ALL);
  }

  boolean allow(String origin) {
    return all() || listed.contains(origin);
  }
}

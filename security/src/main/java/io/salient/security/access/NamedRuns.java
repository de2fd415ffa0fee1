package io.salient.security.access;

import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The runs that a request asks for by name. An address that is not known here, or that could be
 * read in two ways, is refused to a token that may not see every run.
 */
final class NamedRuns {
  /** Addresses that name no run and leave out by themselves what the token may not see. */
  private static final Set<String> OF_ALL =
      Set.of("/api/runs", "/api/overview", "/api/stream", "/api/stream/overview");

  private static final String METRICS = "/q/metrics";
  private static final List<String> OF_ONE = List.of("/api/runs/", "/api/overview/");
  private static final Set<String> OF_SEVERAL = Set.of("/api/compare", "/api/compare/seeds");
  private static final List<String> PARAMETERS = List.of("run", "runA", "runB", "runs");

  private NamedRuns() {}

  /**
   * Names, allowed or not; empty when it cannot be told which runs an answer would show.
   *
   * @param path with percent signs as they came
   */
  static Optional<List<String>> of(String path, MultiMap query) {
    if (path.indexOf(';') >= 0 // what follows is no part of the name for some
        || path.startsWith(METRICS)) { // they name runs
      return Optional.empty();
    }
    List<String> runs = new ArrayList<>();
    for (String parameter : PARAMETERS) {
      query.getAll(parameter).forEach(value -> runs.addAll(List.of(value.split(",", -1))));
    }
    if (!path.startsWith("/api/") || OF_ALL.contains(path) || OF_SEVERAL.contains(path)) {
      return Optional.of(runs);
    }
    for (String prefix : OF_ONE) {
      if (path.startsWith(prefix)) {
        runs.add(decoded(path.substring(prefix.length()).split("/", -1)[0]));
        return Optional.of(runs);
      }
    }
    return Optional.empty();
  }

  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}

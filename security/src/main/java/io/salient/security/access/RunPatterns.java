package io.salient.security.access;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of runs by patterns, in which {@code *} stands for any letters. */
final class RunPatterns implements Predicate<String> {
  private static final String EVERY = "*";

  static final RunPatterns ALL = of(List.of(EVERY));

  private final List<Pattern> patterns;
  private final boolean all;

  private RunPatterns(List<Pattern> patterns, boolean all) {
    this.patterns = patterns;
    this.all = all;
  }

  static RunPatterns of(List<String> patterns) {
    return new RunPatterns(
        patterns.stream().map(RunPatterns::compiled).toList(), patterns.contains(EVERY));
  }

  private static Pattern compiled(String pattern) {
    return Pattern.compile(
        Arrays.stream(pattern.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")));
  }

  /** True when no run is left out, whatever its name. */
  boolean all() {
    return all;
  }

  @Override
  public boolean test(String run) {
    return all || patterns.stream().anyMatch(pattern -> pattern.matcher(run).matches());
  }
}

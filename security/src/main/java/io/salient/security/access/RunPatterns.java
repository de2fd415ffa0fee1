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

  private final List<String> texts;
  private final List<Pattern> patterns;

  private RunPatterns(List<String> texts) {
    this.texts = List.copyOf(texts);
    this.patterns = texts.stream().map(RunPatterns::compiled).toList();
  }

  static RunPatterns of(List<String> patterns) {
    return new RunPatterns(patterns);
  }

  private static Pattern compiled(String pattern) {
    return Pattern.compile(
        Arrays.stream(pattern.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")));
  }

  /** True when no run is left out, whatever its name. */
  boolean all() {
    return texts.contains(EVERY);
  }

  @Override
  public boolean test(String run) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(run).matches());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RunPatterns that && texts.equals(that.texts);
  }

  @Override
  public int hashCode() {
    return texts.hashCode();
  }

  @Override
  public String toString() {
    return texts.toString();
  }
}

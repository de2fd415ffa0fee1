package io.salient.security.http;

import java.util.Locale;

/**
 * What can be wrong with a request, an enum in each room that refuses; docs/errors.md lists all.
 */
public interface ProblemKind {
  /** HTTP status. */
  int status();

  /** What is wrong in general, a few words. */
  String title();

  /** As an enum has it. */
  String name();

  /** Its name in answers, which programs act on. */
  default String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package io.salient.ranking.view;

import java.util.Locale;

/** Names of enums as people and programs read them: lower case, with hyphens. */
final class EnumText {
  private EnumText() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Null for the one that says nothing. */
  static String of(Enum<?> value, Enum<?> nothing) {
    return value == nothing ? null : of(value);
  }
}

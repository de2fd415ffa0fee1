package io.salient.standalone.command;

import java.util.Locale;

/** Penalties as people write them. */
enum PenaltyName {
  /** elastic-net. */
  ELASTIC_NET,
  /** neurox. */
  NEUROX;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

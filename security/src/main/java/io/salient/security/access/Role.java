package io.salient.security.access;

import java.util.Locale;

/** What a token may do. */
public enum Role {
  /** See results: page, REST, stream of changes. */
  VIEW,
  /** Announce checkpoints. */
  ANNOUNCE;

  /** As settings and JWTs have it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  static Role named(String text) {
    for (Role role : values()) {
      if (role.text().equals(text)) {
        return role;
      }
    }
    throw new IllegalArgumentException("there is no role " + text + ": it is view or announce");
  }
}

package io.salient.security.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a token gives.
 *
 * @param roles what may be done
 * @param runs which runs may be seen, or announced
 */
record Grant(Set<Role> roles, RunPatterns runs) {
  static final Grant ALL = new Grant(EnumSet.allOf(Role.class), RunPatterns.ALL);

  Grant {
    roles = Set.copyOf(roles);
  }
}

package io.salient.security.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file of tokens. A line is a token, then its roles, then the runs it may see, both lists by
 * commas, both may be left out for all; lines that begin with # are for people. No message holds a
 * token.
 */
final class TokenFile {
  private static final String SETTING = "salient.access.token-file";
  private static final Pattern FIELDS = Pattern.compile("\\s+");
  private static final int MOST_FIELDS = 3; // names of runs may hold blanks

  private TokenFile() {}

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException when it cannot be read, holds no token, or a line is wrong:
   *     names file and line
   */
  static List<SharedToken> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          SETTING + ": " + file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
    List<SharedToken> tokens = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        tokens.add(token(file, i + 1, line));
      }
    }
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException(SETTING + ": " + file + " holds no token");
    }
    return List.copyOf(tokens);
  }

  private static SharedToken token(Path file, int number, String line) {
    List<String> fields = List.of(FIELDS.split(line, MOST_FIELDS));
    try {
      return SharedToken.of(
          fields.getFirst(),
          new Grant(
              field(fields, 1).map(TokenFile::roles).orElse(Grant.ALL.roles()),
              field(fields, 2).map(TokenFile::runs).orElse(RunPatterns.ALL)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: line %d of %s: %s".formatted(SETTING, number, file, e.getMessage()), e);
    }
  }

  private static Optional<String> field(List<String> fields, int index) {
    return index < fields.size() ? Optional.of(fields.get(index)) : Optional.empty();
  }

  private static Set<Role> roles(String text) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String role : text.split(",", -1)) {
      roles.add(Role.named(role));
    }
    return roles;
  }

  private static RunPatterns runs(String text) {
    return RunPatterns.of(Arrays.stream(text.split(",", -1)).map(String::strip).toList());
  }
}

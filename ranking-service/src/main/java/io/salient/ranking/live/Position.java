package io.salient.ranking.live;

import java.util.Optional;

/**
 * How far a listener is in the changes of a view.
 *
 * @param life of the view: another process, or this one started anew, counts from zero
 * @param change number of the last change that was told
 */
public record Position(String life, long change) {
  /** For the id of an event. */
  public String text() {
    return life + "-" + change;
  }

  /** The position, or empty when the text is none. */
  public static Optional<Position> parse(String text) {
    int cut = text == null ? -1 : text.lastIndexOf('-');
    if (cut < 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Position(text.substring(0, cut), Long.parseLong(text.substring(cut + 1))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}

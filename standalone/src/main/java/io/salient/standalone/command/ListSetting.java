package io.salient.standalone.command;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A list as the value of one configuration key: joined by commas, commas inside an element escaped.
 */
final class ListSetting {
  private ListSetting() {}

  static String of(List<String> elements) {
    return elements.stream()
        .map(element -> element.replace("\\", "\\\\").replace(",", "\\,"))
        .collect(Collectors.joining(","));
  }
}

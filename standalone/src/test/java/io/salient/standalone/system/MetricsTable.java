package io.salient.standalone.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What docs/metrics.md says that a scrape holds, as series without values: {@code
 * salient_probe_fits_seconds_sum{kind}}.
 *
 * @param always those that are there from the start, or after a run
 * @param later those that come with the first thing that they count
 */
record MetricsTable(Set<String> always, Set<String> later) {
  private static final Pattern ROW =
      Pattern.compile("\\| `(\\w+)` \\| (gauge|counter|timer) \\|([^|]*)\\| (.*) \\|");
  private static final Pattern LABEL = Pattern.compile("`(\\w+)`");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? \\S+$");
  private static final Pattern SAMPLE_LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final String LATER = "from the first one on";

  static MetricsTable read() {
    MetricsTable table = new MetricsTable(new TreeSet<>(), new TreeSet<>());
    try {
      Files.readAllLines(SharedInput.projectRoot().resolve("docs/metrics.md")).stream()
          .map(ROW::matcher)
          .filter(Matcher::matches)
          .forEach(table::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table;
  }

  private void add(Matcher row) {
    Set<String> labels = new TreeSet<>();
    Matcher label = LABEL.matcher(row.group(3));
    while (label.find()) {
      labels.add(label.group(1));
    }
    Set<String> names = new TreeSet<>();
    if (row.group(2).equals("timer")) {
      for (String part : new String[] {"_count", "_sum", "_max"}) {
        names.add(row.group(1) + part);
      }
    } else {
      names.add(row.group(1));
    }
    Set<String> into = row.group(4).contains(LATER) ? later : always;
    names.forEach(name -> into.add(series(name, labels)));
  }

  /** The series of one scrape, each once whatever the values of its labels. */
  static Set<String> scraped(String text) {
    Set<String> all = new TreeSet<>();
    Matcher line = SAMPLE.matcher(text);
    while (line.find()) {
      Set<String> labels = new TreeSet<>();
      Matcher label = SAMPLE_LABEL.matcher(line.group(2) == null ? "" : line.group(2));
      while (label.find()) {
        labels.add(label.group(1));
      }
      all.add(series(line.group(1), labels));
    }
    return all;
  }

  private static String series(String name, Set<String> labels) {
    return labels.isEmpty() ? name : name + "{" + String.join(",", labels) + "}";
  }
}

package io.salient.ranking.view;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which neurons of a list are wanted.
 *
 * @param search {@code 3:17} a neuron, {@code 3:} a layer, {@code :17} a unit, anything else part
 *     of a label or of a word, in any case; empty for all
 * @param order of what is found
 * @param offset how many to leave out first
 * @param limit how many to give at most
 */
public record NeuronQuery(String search, Order order, int offset, int limit) {
  private static final Pattern PLACE = Pattern.compile("(\\d{0,9}):(\\d{0,9})");

  /** An order of neurons. */
  public enum Order {
    /** The most salient first. */
    RANK,
    /** By layer, then unit. */
    PLACE,
    /** What entered since the baseline first, then what moved furthest. */
    MOVED;

    private Comparator<NeuronTable.Row> comparator() {
      Comparator<NeuronTable.Row> byRank = Comparator.comparingInt(NeuronTable.Row::rank);
      return switch (this) {
        case RANK -> byRank;
        case PLACE ->
            Comparator.comparingInt(NeuronTable.Row::layer).thenComparingInt(NeuronTable.Row::unit);
        case MOVED -> Comparator.comparingInt(Order::stay).thenComparing(byRank);
      };
    }

    /** The further it moved the smaller. */
    private static int stay(NeuronTable.Row row) {
      if (row.baselineRank() == null) {
        return Boolean.TRUE.equals(row.entered()) ? Integer.MIN_VALUE : 0;
      }
      int moved = -Math.abs(row.baselineRank() - row.rank());
      return Boolean.TRUE.equals(row.entered()) ? Integer.MIN_VALUE + 1 : moved;
    }
  }

  /** What is found, in its order; not yet cut to a part. */
  List<NeuronTable.Row> found(List<NeuronTable.Row> all) {
    return all.stream().filter(wanted()).sorted(order.comparator()).toList();
  }

  /** The part of what was found that is to be given. */
  List<NeuronTable.Row> part(List<NeuronTable.Row> found) {
    int from = Math.min(offset, found.size());
    return found.subList(from, Math.min(from + limit, found.size()));
  }

  private Predicate<NeuronTable.Row> wanted() {
    String text = search.strip().toLowerCase(Locale.ROOT);
    Matcher place = PLACE.matcher(text);
    if (place.matches()) {
      return row -> is(place.group(1), row.layer()) && is(place.group(2), row.unit());
    }
    return row ->
        row.labels().stream().anyMatch(label -> has(label, text))
            || row.words().stream().anyMatch(word -> has(word, text))
            || text.isEmpty();
  }

  private static boolean is(String wanted, int number) {
    return wanted.isEmpty() || Integer.parseInt(wanted) == number;
  }

  private static boolean has(String name, String part) {
    return name.toLowerCase(Locale.ROOT).contains(part);
  }
}

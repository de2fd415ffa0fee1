package io.salient.standalone.report.markup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An element of HTML or of SVG inside it, written so that it is well-formed XML as well: nobody
 * needs a forgiving parser. Whatever is no element becomes escaped text, so that a word of the
 * corpus can never become markup.
 */
public final class Element {
  /** Elements of HTML that have no content and no end tag. */
  private static final Set<String> VOID = Set.of("meta", "br", "hr", "col", "wbr");

  /** After these a line ends, so that the page can be read and compared as text. */
  private static final Set<String> BLOCKS =
      Set.of(
          "p", "tr", "h1", "h2", "h3", "section", "figure", "svg", "table", "li", "g", "head",
          "style", "title", "div");

  private final String tag;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Object> children = new ArrayList<>();

  private Element(String tag) {
    this.tag = tag;
  }

  /**
   * An element.
   *
   * @param children elements, lists of children, or anything else as text; null is left out
   */
  public static Element of(String tag, Object... children) {
    return new Element(tag).add(children);
  }

  /**
   * A style sheet, which HTML reads without resolving escapes and XML with it.
   *
   * @throws IllegalArgumentException when it has a character that the two read differently
   */
  public static Element style(String sheet) {
    if (sheet.chars().anyMatch(c -> "<>&\"".indexOf(c) >= 0)) {
      throw new IllegalArgumentException("a style sheet with <, >, & or a double quote");
    }
    return of("style", sheet);
  }

  /** Sets an attribute; null leaves it out. Fractions are written with one digit. */
  public Element with(String name, Object value) {
    if (value instanceof Double number) {
      attributes.put(name, Numbers.pixels(number));
    } else if (value != null) {
      attributes.put(name, value.toString());
    }
    return this;
  }

  /** Adds children, as {@link #of} takes them. */
  public Element add(Object... more) {
    for (Object child : more) {
      if (child instanceof Iterable<?> several) {
        several.forEach(this::add);
      } else if (child != null) {
        children.add(child);
      }
    }
    return this;
  }

  /** The markup. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    write(out);
    return out.toString();
  }

  private void write(StringBuilder out) {
    out.append('<').append(tag);
    attributes.forEach(
        (name, value) ->
            out.append(' ').append(name).append("=\"").append(Escape.xml(value)).append('"'));
    if (VOID.contains(tag)) {
      out.append(" />");
      return;
    }
    out.append('>');
    for (Object child : children) {
      if (child instanceof Element element) {
        element.write(out);
      } else {
        out.append(Escape.xml(child.toString()));
      }
    }
    out.append("</").append(tag).append('>');
    if (BLOCKS.contains(tag)) {
      out.append('\n');
    }
  }
}

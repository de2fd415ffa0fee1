package io.salient.standalone.report.figure;

import io.salient.standalone.report.markup.Element;

/** The look of a bar. */
public enum Fill {
  SOLID("#2b5a8c"),
  HATCHED("url(#hatch)");

  private final String paint;

  Fill(String paint) {
    this.paint = paint;
  }

  Element on(Element bar) {
    return bar.with("fill", paint).with("stroke", "#12385f").with("stroke-width", 1);
  }

  /** What a page with charts of bars has to hold once, before them. */
  public static Element definitions() {
    Element pattern =
        Element.of("pattern")
            .with("id", "hatch")
            .with("width", 5)
            .with("height", 5)
            .with("patternUnits", "userSpaceOnUse")
            .with("patternTransform", "rotate(45)")
            .add(
                Element.of("rect").with("width", 5).with("height", 5).with("fill", Canvas.PAPER),
                Element.of("line")
                    .with("x1", 1)
                    .with("x2", 1)
                    .with("y1", 0)
                    .with("y2", 5)
                    .with("stroke", "#12385f")
                    .with("stroke-width", 1.4));
    return Element.of("svg", Element.of("defs", pattern))
        .with("width", 0)
        .with("height", 0)
        .with("class", "definitions")
        .with("aria-hidden", "true");
  }
}

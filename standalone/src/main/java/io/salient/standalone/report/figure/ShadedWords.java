package io.salient.standalone.report.figure;

import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.util.List;
import java.util.Locale;

/**
 * Words on a background that is the darker the more a neuron fires; words for which it is well
 * below its mean are underlined with dashes instead.
 *
 * @param most activation of the darkest background, in standard deviations
 */
public record ShadedWords(double most) {
  private static final double UNDERLINED_FROM = -1;
  private static final double DARKEST = 0.9;

  /** From this share of the darkest background on, letters are light. */
  private static final double LIGHT_LETTERS_FROM = 0.6;

  /** A sentence; activations are in standard deviations, null for a word without a row. */
  public Element sentence(List<String> words, List<Float> activations) {
    Element sentence = Element.of("p").with("class", "shaded");
    for (int i = 0; i < words.size(); i++) {
      sentence.add(i == 0 ? null : " ", word(words.get(i), activations.get(i)));
    }
    return sentence;
  }

  private Element word(String word, Float activation) {
    Element shaded = Element.of("bdi", word);
    if (activation == null || activation.isNaN()) {
      return shaded.with("class", "norow").with("title", "no activation");
    }
    shaded.with("title", Numbers.fixed(activation.doubleValue(), 2) + " sd");
    if (activation <= UNDERLINED_FROM) {
      return shaded.with("class", "below");
    }
    double share = Math.clamp(activation / most, 0, 1);
    return share < 0.02 ? shaded : shaded.with("style", shade(share));
  }

  private static String shade(double share) {
    String letters = share >= LIGHT_LETTERS_FROM ? ";color:#fff" : "";
    return String.format(Locale.ROOT, "background:rgba(18,56,95,%.2f)", DARKEST * share) + letters;
  }

  /** What the shades mean. */
  public Element scale() {
    Element scale = Element.of("p").with("class", "shaded scale").add("Shades: ");
    int steps = 4;
    for (int i = 0; i <= steps; i++) {
      double value = most * i / steps;
      String text = Numbers.fixed(value, 1) + (i == steps ? " sd or more" : "");
      Element one = Element.of("bdi", i == 0 ? "0 sd, its mean" : text);
      scale.add(i == 0 ? one : one.with("style", shade((double) i / steps)), " ");
    }
    return scale.add(Element.of("bdi", "1 sd or more below its mean").with("class", "below"));
  }
}

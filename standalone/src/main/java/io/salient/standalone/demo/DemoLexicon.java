package io.salient.standalone.demo;

import java.util.List;

/**
 * The words of the demo's own little language: English words with part of speech and meaning; some
 * are two things at once.
 */
final class DemoLexicon {
  /** Meanings of nouns; what a sentence's object means is what the fine-tuning learns to tell. */
  static final List<String> TOPICS = List.of("ANIMAL", "FOOD", "TOOL", "PLACE");

  static final List<List<String>> NOUNS =
      List.of(
          words(
              "dog cat horse duck swallow fly sheep goat rabbit mouse bear seal crane bat fox owl"
                  + " trout snake hen lamb"),
          words(
              "bread soup apple cheese salad pepper butter rice honey cake fish toast jam stew"
                  + " pasta lemon plum pie tea milk"),
          words(
              "hammer saw brush drill rake lamp ladder rope nail plane file iron bucket spade knife"
                  + " clock watch light tape pump"),
          words(
              "garden kitchen market river harbour village forest station bridge school park tower"
                  + " cellar field island square beach yard road mill"));

  static final List<String> PEOPLE =
      words(
          "teacher farmer baker sailor nurse cook guard child painter driver singer doctor"
              + " neighbour uncle girl boy");

  static final List<String> NAMES = words("Anna Omar Lena Igor Maria Kofi Yuki Pablo Nora Tariq");

  /**
   * Verbs; light, watch, file, nail, saw, fly, duck, rake, brush, pump, bear and butter are nouns
   * as well.
   */
  static final List<String> PRESENT =
      words(
          "light watch file nail saw rake brush pump butter carry find like see hold want lose"
              + " paint move hide sell");

  static final List<String> PAST =
      words(
          "lit watched filed nailed sawed raked brushed pumped buttered carried found liked saw"
              + " held wanted lost painted moved hid sold");

  static final List<String> ADJECTIVES =
      words(
          "old small red quiet heavy light warm clean square iron fresh bright narrow dry round"
              + " gentle broken plain sharp wet");

  static final List<String> ADVERBS =
      words("slowly often gladly never quietly again soon today carefully fast");

  static final List<String> DETERMINERS = words("the a this that every some");

  static final List<String> PREPOSITIONS = words("in near behind under beside from with at");

  static final List<String> PRONOUNS = words("she he they we it");

  private DemoLexicon() {}

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }
}

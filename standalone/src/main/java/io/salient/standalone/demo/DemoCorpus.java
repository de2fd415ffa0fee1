package io.salient.standalone.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Sentences of the demo's own little language, labelled word by word; the same seed gives the same
 * sentences.
 */
public final class DemoCorpus {
  private final Random random;

  /**
   * A word with its labels.
   *
   * @param form how it is written
   * @param upos part of speech, by the names of Universal Dependencies
   * @param sem meaning: a topic for nouns, PERSON, ACTION, QUALITY, or FUNCTION
   */
  record Word(String form, String upos, String sem) {}

  /**
   * A sentence.
   *
   * @param words its words
   * @param topic index of its object's topic in {@link DemoLexicon#TOPICS}: what the fine-tuning
   *     learns
   */
  record Sentence(List<Word> words, int topic) {}

  private DemoCorpus(long seed) {
    random = new Random(seed);
  }

  /** Generates sentences. */
  static List<Sentence> sentences(int count, long seed) {
    DemoCorpus corpus = new DemoCorpus(seed);
    List<Sentence> sentences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sentences.add(corpus.sentence());
    }
    return sentences;
  }

  /**
   * Writes sentences as CoNLL-U: upos, and the meaning under Sem in the last column.
   *
   * @param file replaced when it is there
   */
  public static void write(Path file, int count, long seed) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Sentence sentence : sentences(count, seed)) {
      int id = 1;
      for (Word word : sentence.words()) {
        text.append(id++).append('\t').append(word.form()).append("\t_\t").append(word.upos());
        text.append("\t_\t_\t_\t_\t_\tSem=").append(word.sem()).append('\n');
      }
      text.append('\n');
    }
    Files.writeString(file, text);
  }

  private Sentence sentence() {
    List<Word> words = new ArrayList<>();
    int topic = random.nextInt(DemoLexicon.TOPICS.size());
    subject(words);
    boolean past = random.nextBoolean();
    if (random.nextInt(4) == 0) {
      words.add(new Word(pick(DemoLexicon.ADVERBS), "ADV", "QUALITY"));
    }
    words.add(new Word(pick(past ? DemoLexicon.PAST : DemoLexicon.PRESENT), "VERB", "ACTION"));
    object(words, topic);
    if (random.nextBoolean()) {
      words.add(new Word(pick(DemoLexicon.PREPOSITIONS), "ADP", "FUNCTION"));
      object(words, random.nextInt(3) == 0 ? 3 : topic);
    }
    words.add(new Word(random.nextInt(5) == 0 ? "!" : ".", "PUNCT", "FUNCTION"));
    return new Sentence(List.copyOf(words), topic);
  }

  private void subject(List<Word> words) {
    switch (random.nextInt(3)) {
      case 0 -> words.add(new Word(pick(DemoLexicon.NAMES), "PROPN", "PERSON"));
      case 1 -> words.add(new Word(pick(DemoLexicon.PRONOUNS), "PRON", "PERSON"));
      default -> {
        words.add(new Word(pick(DemoLexicon.DETERMINERS), "DET", "FUNCTION"));
        words.add(new Word(pick(DemoLexicon.PEOPLE), "NOUN", "PERSON"));
      }
    }
  }

  private void object(List<Word> words, int topic) {
    words.add(new Word(pick(DemoLexicon.DETERMINERS), "DET", "FUNCTION"));
    if (random.nextBoolean()) {
      words.add(new Word(pick(DemoLexicon.ADJECTIVES), "ADJ", "QUALITY"));
    }
    words.add(new Word(pick(DemoLexicon.NOUNS.get(topic)), "NOUN", DemoLexicon.TOPICS.get(topic)));
  }

  private String pick(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}

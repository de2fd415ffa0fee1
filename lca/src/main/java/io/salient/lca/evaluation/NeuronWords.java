package io.salient.lca.evaluation;

import java.util.List;

/**
 * What a neuron fires for. Activations are standardised by the train words: 0 is the neuron's mean,
 * 1 a standard deviation above it.
 *
 * @param neuron its index
 * @param words word types by mean activation, highest first
 * @param sentences those with the highest activation of a single word, highest first
 */
public record NeuronWords(int neuron, List<Word> words, List<Sentence> sentences) {
  /** Keeps copies of the lists. */
  public NeuronWords {
    words = List.copyOf(words);
    sentences = List.copyOf(sentences);
  }

  /**
   * A word type.
   *
   * @param word as the corpus has it
   * @param score mean activation over its words
   * @param count how many these are
   */
  public record Word(String word, double score, int count) {}

  /**
   * A sentence, or the part of a long one around the word with the highest activation.
   *
   * @param sentence its index in the corpus
   * @param firstWord corpus word index of the first word given
   * @param words the words; empty text for a word without a row
   * @param activations one per word, NaN for a word without a row
   */
  public record Sentence(int sentence, int firstWord, List<String> words, float[] activations) {}
}

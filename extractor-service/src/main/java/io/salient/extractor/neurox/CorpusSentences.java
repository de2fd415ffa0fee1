package io.salient.extractor.neurox;

import io.salient.extractor.checkpoint.CheckpointException;
import java.nio.file.Path;

/**
 * What a corpus says of a file of activations: sentence i of the file is sentence i of the corpus,
 * one vector per word. Never matched by text: NeuroX's text is that of the subwords, and one text
 * may be there twice.
 *
 * @param name file name of the corpus
 * @param words words of each sentence
 * @param cut whether a sentence may have fewer vectors than words, as where NeuroX cut it
 */
public record CorpusSentences(String name, int[] words, boolean cut) {
  /**
   * Checks the number of sentences.
   *
   * @throws CheckpointException when it differs
   */
  void requireSentences(Path file, long sentences) {
    if (sentences != words.length) {
      throw new CheckpointException(
          "neurox.sentences",
          file
              + " has "
              + sentences
              + " sentences, "
              + name
              + " has "
              + words.length
              + ": give the corpus that was extracted (NeuroX counts a blank line as a sentence)");
    }
  }

  /**
   * Checks the number of vectors of a sentence.
   *
   * @throws CheckpointException when they are not one per word
   */
  void requireWords(Path file, int sentence, long vectors) {
    if (vectors > words[sentence] || (vectors < words[sentence] && !cut)) {
      throw new CheckpointException(
          "neurox.words",
          file
              + ", sentence "
              + sentence
              + ": "
              + vectors
              + " vectors, "
              + name
              + " has "
              + words[sentence]
              + " words"
              + (vectors < words[sentence]
                  ? ": if NeuroX cut long sentences, allow it with --allow-cut or"
                      + " salient.extractor.neurox.allow-cut=true; else give the corpus that was"
                      + " extracted"
                  : ": give the corpus that was extracted"));
    }
  }
}

package io.salient.extractor.tokenization;

import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.model.WordBatch;
import io.salient.schemas.avro.ConceptInfo;
import io.salient.schemas.avro.CorpusInfo;
import java.util.List;

/** The annotated corpus as an extraction sees it. Row = corpus word index. */
public interface ExtractionCorpus {
  /** Name, hash, words, sentences. */
  CorpusInfo info();

  /** The concepts whose labels are sent along. */
  List<ConceptInfo> concepts();

  /** Text of a word. */
  String word(int row);

  /** Index of a word's sentence. */
  int sentence(int row);

  /** Label code of a word for a concept, -1 for none. */
  int code(int concept, int row);

  /**
   * The corpus as this checkpoint reads it: the same one, or one with its tokenizer's special
   * subwords as words of their own. All other questions are asked of that one.
   *
   * @throws io.salient.extractor.checkpoint.CheckpointException when the tokenizer cannot be read
   */
  default ExtractionCorpus readBy(CheckpointFolder checkpoint) {
    return this;
  }

  /**
   * Subwords by the checkpoint's tokenizer, in batches, in the order in which they are taken.
   *
   * @throws io.salient.extractor.checkpoint.CheckpointException when the tokenizer does not fit
   */
  Plan plan(CheckpointFolder checkpoint, Encoder encoder);

  /**
   * Sentences, or windows of long ones, that go through the model together.
   *
   * @param words their subwords
   * @param rows corpus word index of each word of {@code words}
   */
  record Batch(WordBatch words, int[] rows) {}

  /**
   * All batches of a corpus.
   *
   * @param batches in the order in which they are taken
   * @param rows words that get a row
   * @param truncatedWords words beyond the position limit
   * @param droppedWords words without a subword
   * @param cutSentences sentences longer than the position limit that go through in windows
   */
  record Plan(
      List<Batch> batches, int rows, int truncatedWords, int droppedWords, int cutSentences) {}
}

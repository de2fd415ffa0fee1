package io.salient.extractor.extraction;

import io.salient.extractor.TinyCheckpoint;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.model.WordBatch;
import io.salient.extractor.tokenization.ExtractionCorpus;
import io.salient.schemas.avro.ConceptInfo;
import io.salient.schemas.avro.CorpusInfo;
import io.salient.schemas.avro.SplitBy;
import java.util.ArrayList;
import java.util.List;

/**
 * Sentences of three words, one subword each, two sentences to a batch; word 1 of each is dropped.
 */
final class SmallCorpus implements ExtractionCorpus {
  private static final int LENGTH = 3;
  private final int sentences;

  SmallCorpus(int sentences) {
    this.sentences = sentences;
  }

  @Override
  public CorpusInfo info() {
    List<Integer> starts = new ArrayList<>();
    for (int s = 0; s < sentences; s++) {
      starts.add(LENGTH * s);
    }
    return CorpusInfo.newBuilder()
        .setSplit(SplitBy.SENTENCE)
        .setName("small")
        .setHash("h")
        .setWords(LENGTH * sentences)
        .setSentenceStarts(starts)
        .build();
  }

  @Override
  public List<ConceptInfo> concepts() {
    return List.of(new ConceptInfo("upos", List.of("A", "B", "C")));
  }

  @Override
  public String word(int row) {
    return "w" + row;
  }

  @Override
  public int sentence(int row) {
    return row / LENGTH;
  }

  @Override
  public int code(int concept, int row) {
    return row % LENGTH;
  }

  @Override
  public Plan plan(CheckpointFolder checkpoint, Encoder encoder) {
    List<Batch> batches = new ArrayList<>();
    int rows = 0;
    for (int s = 0; s < sentences; s += 2) {
      int size = Math.min(2, sentences - s);
      long[][] ids = new long[size][];
      List<WordBatch.Word> words = new ArrayList<>();
      List<Integer> indices = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        ids[i] = new long[] {1, (s + i) % TinyCheckpoint.VOCABULARY, 3, 2};
        for (int word : new int[] {0, 2}) {
          words.add(new WordBatch.Word(i, word + 1, word + 1));
          indices.add(LENGTH * (s + i) + word);
        }
      }
      rows += indices.size();
      batches.add(
          new Batch(
              new WordBatch(ids, words.toArray(WordBatch.Word[]::new)),
              indices.stream().mapToInt(i -> i).toArray()));
    }
    return new Plan(batches, rows, 0, sentences, 0);
  }
}

package io.salient.extractor.tokenization;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.corpus.AnnotatedCorpus;
import io.salient.extractor.extraction.ExtractionCorpus;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.model.WordBatch;
import io.salient.schemas.avro.ConceptInfo;
import io.salient.schemas.avro.CorpusInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** An annotated corpus as checkpoints read it: tokenised once for all that share a tokenizer. */
public final class TokenizedCorpus implements ExtractionCorpus {
  private final AnnotatedCorpus corpus;
  private final CorpusInfo info;
  private final List<ConceptInfo> concepts;
  private final int batchTokens;
  private final long seed;
  private Cached cached;

  /** The plan of the last tokenizer; the checkpoints of a run share theirs. */
  private record Cached(byte[] tokenizer, int maxPositions, long largestId, Plan plan) {}

  /**
   * A corpus to be read.
   *
   * @param batchTokens most subwords of a batch, padding included
   * @param seed of the order of batches
   */
  public TokenizedCorpus(AnnotatedCorpus corpus, int batchTokens, long seed) {
    this.corpus = corpus;
    this.batchTokens = batchTokens;
    this.seed = seed;
    this.info =
        new CorpusInfo(
            corpus.name(),
            corpus.hash(),
            corpus.words().size(),
            IntStream.of(corpus.sentenceStarts()).boxed().toList());
    this.concepts =
        corpus.concepts().stream()
            .map(concept -> new ConceptInfo(concept.name(), concept.labels()))
            .toList();
  }

  @Override
  public CorpusInfo info() {
    return info;
  }

  @Override
  public List<ConceptInfo> concepts() {
    return concepts;
  }

  @Override
  public String word(int row) {
    return corpus.words().get(row);
  }

  @Override
  public int sentence(int row) {
    return corpus.sentenceOf(row);
  }

  @Override
  public int code(int concept, int row) {
    return corpus.concepts().get(concept).codes()[row];
  }

  @Override
  public synchronized Plan plan(CheckpointFolder checkpoint, Encoder encoder) {
    byte[] tokenizer = WordTokenizer.read(checkpoint.tokenizer());
    if (cached == null
        || !Arrays.equals(cached.tokenizer(), tokenizer)
        || cached.maxPositions() != encoder.maxPositions()) {
      cached = tokenize(checkpoint.tokenizer(), tokenizer, encoder.maxPositions());
    }
    // Asked of the whole vocabulary: whether a corpus happens to need the last subwords is luck.
    if (cached.largestId() >= encoder.vocabulary()) {
      throw new CheckpointException(
          "tokenizer.too-large",
          checkpoint.tokenizer()
              + " has subword "
              + cached.largestId()
              + ", but the model embeds "
              + encoder.vocabulary()
              + ": the tokenizer is of another model");
    }
    return cached.plan();
  }

  private Cached tokenize(Path file, byte[] bytes, int maxPositions) {
    List<TokenizedSentence> sentences = new ArrayList<>();
    long largest;
    try (WordTokenizer tokenizer = WordTokenizer.of(file, bytes)) {
      largest = tokenizer.largestId();
      for (int sentence = 0; sentence < corpus.sentences(); sentence++) {
        sentences.add(tokenizer.tokenize(corpus.sentence(sentence), maxPositions));
      }
    }
    List<Batch> batches =
        BatchPlan.of(sentences, batchTokens, seed).stream()
            .map(batch -> batch(batch, sentences))
            .toList();
    Plan plan =
        new Plan(
            batches,
            sentences.stream().mapToInt(TokenizedSentence::rows).sum(),
            sentences.stream().mapToInt(TokenizedSentence::truncatedWords).sum(),
            sentences.stream().mapToInt(TokenizedSentence::droppedWords).sum());
    return new Cached(bytes, maxPositions, largest, plan);
  }

  private Batch batch(List<Integer> batch, List<TokenizedSentence> sentences) {
    long[][] ids = new long[batch.size()][];
    List<WordBatch.Word> words = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    for (int b = 0; b < ids.length; b++) {
      TokenizedSentence sentence = sentences.get(batch.get(b));
      ids[b] = sentence.ids();
      for (int word = 0; word < sentence.first().length; word++) {
        if (sentence.first()[word] >= 0) {
          words.add(new WordBatch.Word(b, sentence.first()[word], sentence.last()[word]));
          rows.add(corpus.sentenceStarts()[batch.get(b)] + word);
        }
      }
    }
    return new Batch(
        new WordBatch(ids, words.toArray(WordBatch.Word[]::new)),
        rows.stream().mapToInt(Integer::intValue).toArray());
  }
}

package io.salient.extractor.tokenization;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.checkpoint.TokenizerFiles;
import io.salient.extractor.corpus.AnnotatedCorpus;
import io.salient.extractor.corpus.CorpusSplit;
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
  private final SpecialTokens specials;
  private final TokenizationSettings settings;
  private final CorpusSplit split;
  private final CorpusInfo info;
  private final List<ConceptInfo> concepts;
  private WithSpecials withSpecials;
  private Cached cached;

  /** The corpus with the special subwords of the last tokenizer. */
  private record WithSpecials(byte[] tokenizer, TokenizedCorpus corpus) {}

  /** The plan of the last tokenizer; the checkpoints of a run share theirs. */
  private record Cached(byte[] tokenizer, int maxPositions, long largestId, Plan plan) {}

  /** A window and the corpus word index of its sentence's first word. */
  private record Placed(Window window, int sentenceStart) {}

  /** A corpus to be read. */
  public TokenizedCorpus(AnnotatedCorpus corpus, TokenizationSettings settings) {
    this(corpus, CorpusSplit.of(corpus), SpecialTokens.NONE, settings);
  }

  private TokenizedCorpus(
      AnnotatedCorpus corpus,
      CorpusSplit split,
      SpecialTokens specials,
      TokenizationSettings settings) {
    this.corpus = corpus;
    this.split = split;
    this.specials = specials;
    this.settings = settings;
    this.info =
        new CorpusInfo(
            corpus.name(),
            corpus.hash(),
            corpus.words().size(),
            IntStream.of(corpus.sentenceStarts()).boxed().toList(),
            split.by(),
            split.groups(),
            IntStream.of(corpus.fileStarts()).boxed().toList());
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
  public synchronized ExtractionCorpus readBy(CheckpointFolder checkpoint) {
    if (!settings.keepSpecialTokens() || !specials.equals(SpecialTokens.NONE)) {
      return this;
    }
    TokenizerFiles files = checkpoint.tokenizer();
    byte[] tokenizer = TokenizerJson.read(files);
    if (withSpecials == null || !Arrays.equals(withSpecials.tokenizer(), tokenizer)) {
      try (WordTokenizer reader = WordTokenizer.of(files.file(), tokenizer)) {
        SpecialTokens found = reader.specialTokens();
        withSpecials =
            new WithSpecials(
                tokenizer, new TokenizedCorpus(found.around(corpus), split, found, settings));
      }
    }
    return withSpecials.corpus();
  }

  @Override
  public synchronized Plan plan(CheckpointFolder checkpoint, Encoder encoder) {
    TokenizerFiles files = checkpoint.tokenizer();
    byte[] tokenizer = TokenizerJson.read(files);
    if (cached == null
        || !Arrays.equals(cached.tokenizer(), tokenizer)
        || cached.maxPositions() != encoder.maxPositions()) {
      cached = tokenize(files.file(), tokenizer, encoder.maxPositions());
    }
    // Asked of the whole vocabulary: whether a corpus happens to need the last subwords is luck.
    if (cached.largestId() >= encoder.vocabulary()) {
      throw new CheckpointException(
          "tokenizer.too-large",
          files.file()
              + " has subword "
              + cached.largestId()
              + ", but the model embeds "
              + encoder.vocabulary()
              + ": where tokens were added, resize_token_embeddings(len(tokenizer)) before the"
              + " training and save both; otherwise the tokenizer is of another model");
    }
    return cached.plan();
  }

  private Cached tokenize(Path file, byte[] bytes, int maxPositions) {
    List<TokenizedSentence> sentences = new ArrayList<>();
    long largest;
    try (WordTokenizer tokenizer = WordTokenizer.of(file, bytes)) {
      largest = tokenizer.largestId();
      for (int sentence = 0; sentence < corpus.sentences(); sentence++) {
        sentences.add(tokenize(tokenizer, sentence, maxPositions));
      }
    }
    return new Cached(bytes, maxPositions, largest, plan(sentences));
  }

  private TokenizedSentence tokenize(WordTokenizer tokenizer, int sentence, int maxPositions) {
    List<String> words = corpus.sentence(sentence);
    Subwords subwords =
        tokenizer.tokenize(
            words.subList(specials.before().size(), words.size() - specials.after().size()));
    TokenizedSentence fitted = SentenceWindows.of(subwords, maxPositions, settings.longSentences());
    return specials.around(fitted, subwords, maxPositions);
  }

  private Plan plan(List<TokenizedSentence> sentences) {
    List<Placed> placed = new ArrayList<>();
    for (int sentence = 0; sentence < sentences.size(); sentence++) {
      for (Window window : sentences.get(sentence).windows()) {
        placed.add(new Placed(window, corpus.sentenceStarts()[sentence]));
      }
    }
    List<Window> windows = placed.stream().map(Placed::window).toList();
    List<Batch> batches =
        BatchPlan.of(windows, settings.batchTokens(), settings.seed()).stream()
            .map(batch -> batch(batch.stream().map(placed::get).toList()))
            .toList();
    return new Plan(
        batches,
        sentences.stream().mapToInt(TokenizedSentence::rows).sum(),
        sentences.stream().mapToInt(TokenizedSentence::truncatedWords).sum(),
        sentences.stream().mapToInt(TokenizedSentence::droppedWords).sum(),
        (int) sentences.stream().filter(sentence -> sentence.windows().size() > 1).count());
  }

  private static Batch batch(List<Placed> placed) {
    long[][] ids = new long[placed.size()][];
    List<WordBatch.Word> words = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    for (int b = 0; b < ids.length; b++) {
      Window window = placed.get(b).window();
      ids[b] = window.ids();
      for (int i = 0; i < window.words().length; i++) {
        words.add(new WordBatch.Word(b, window.first()[i], window.last()[i]));
        rows.add(placed.get(b).sentenceStart() + window.words()[i]);
      }
    }
    return new Batch(
        new WordBatch(ids, words.toArray(WordBatch.Word[]::new)),
        rows.stream().mapToInt(Integer::intValue).toArray());
  }
}

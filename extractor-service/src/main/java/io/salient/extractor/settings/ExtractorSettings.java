package io.salient.extractor.settings;

import io.salient.extractor.extraction.ModelSettings;
import io.salient.extractor.model.Dtype;
import io.salient.extractor.tokenization.LongSentences;
import io.salient.schemas.avro.Aggregation;
import io.salient.schemas.avro.Encoding;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of the extractor service. */
@ConfigMapping(prefix = "salient.extractor")
public interface ExtractorSettings {
  /**
   * Folders that checkpoints may be read from, after symbolic links are resolved; by default the
   * watched folder and nothing else.
   */
  Optional<List<String>> roots();

  /** Run folder that is watched for {@code checkpoint-<step>} folders, or one checkpoint folder. */
  Optional<String> watch();

  /** Name of the watched run; by default the watched folder's name. */
  Optional<String> run();

  /**
   * What the drift of the watched run is measured against: a step of the run, or the folder of a
   * pre-trained model, which becomes step 0. By default the lowest step.
   */
  Optional<String> baseline();

  /** The annotated corpus. */
  Corpus corpus();

  /**
   * Concepts whose labels are sent along, such as {@code upos,xpos,feats:Number}; by default upos,
   * or all of a corpus without it.
   */
  Optional<List<String>> concepts();

  /** How the vectors of a word's subwords become one: last, first or average. */
  @WithDefault("last")
  @NotNull Aggregation aggregation();

  /** Number format of activations on the way: float32, float16 or bfloat16. */
  @WithDefault("float32")
  @NotNull Encoding encoding();

  /**
   * Layers that are sent, by the model's own numbers: 0 is the output of the embeddings, -1 the
   * last layer; by default all. Of NeuroX's files: the layers that the stored ones are; by default
   * what the file says, or all from 0 on.
   */
  Optional<List<Integer>> layers();

  /**
   * Bytes of activations that one checkpoint may send; a larger one is refused before it starts.
   */
  @WithDefault("68719476736")
  @Min(1) long maxBytesPerCheckpoint();

  /** Numbers that linear layers are computed in: float32 or bfloat16. */
  @WithDefault("float32")
  @NotNull Dtype dtype();

  /** Folder of the model that adapters adapt; by default the one that each names itself. */
  Optional<String> baseModel();

  /** Which checkpoints are read with random weights: none, baseline or all. */
  @WithDefault("none")
  @NotNull ModelSettings.Untrained randomWeights();

  /** Seed of random weights. */
  @WithDefault("42")
  long randomSeed();

  /** Bytes of frozen layers' activations that are kept for the next checkpoint; 0 keeps none. */
  @WithDefault("0")
  @Min(0) long reuseBytes();

  /** Folder of what is kept between checkpoints; nothing in it outlives the process. */
  @WithDefault("${java.io.tmpdir}/salient/extractor")
  @NotBlank String stateDir();

  /** Subwords, padding included, that go through the model at once. */
  @WithDefault("2048")
  @Min(16) @Max(1048576) int batchTokens();

  /**
   * What becomes of a sentence longer than the model's position limit: window, it goes through in
   * overlapping windows; or truncate, its last words are left out and counted.
   */
  @WithDefault("window")
  @NotNull LongSentences longSentences();

  /**
   * Whether the special subwords around a sentence, such as [CLS], are words of it too: drop or
   * keep. Kept, they have rows, but no label.
   */
  @WithDefault("drop")
  @NotNull Specials specialTokens();

  /** Seed of the order in which batches are taken. */
  @WithDefault("42")
  long seed();

  /** How often the watched folder is looked at. */
  @WithDefault("PT1S")
  @NotNull Duration pollInterval();

  /**
   * Looks after which a checkpoint folder that no longer changes, yet is not complete, is announced
   * all the same, so that its error is told instead of waited for; six times as many where weights
   * are shorter than their header says.
   */
  @WithDefault("10")
  @Min(2) int brokenAfterLooks();

  /** Consumer group that shares the announced checkpoints. */
  @WithDefault("salient-extractor")
  @NotBlank String groupId();

  /** Longest pause before another try when Kafka cannot be reached. */
  @WithDefault("PT30S")
  @NotNull Duration maxBackoff();

  /** What has to be known of activations that NeuroX extracted. */
  Neurox neurox();

  /** Activations that NeuroX extracted. */
  interface Neurox {
    /**
     * Whether a sentence may have fewer vectors than words, as where NeuroX cut it at the model's
     * position limit.
     */
    @WithDefault("false")
    boolean allowCut();
  }

  /** What becomes of special subwords. */
  enum Specials {
    DROP,
    KEEP
  }

  /** The annotated corpus. */
  interface Corpus {
    /** CoNLL-U, tab-separated columns, or the text file of NeuroX's parallel files. Required. */
    Optional<String> path();

    /** Dev file of a corpus that brings its own split; path is its train file then. */
    Optional<String> dev();

    /** Test file of a corpus that brings its own split; only with dev. */
    Optional<String> test();

    /** Label file of each concept, for a corpus of plain text. */
    Map<String, String> labels();
  }
}

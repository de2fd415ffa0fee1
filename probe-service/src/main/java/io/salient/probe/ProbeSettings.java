package io.salient.probe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the probe service. */
@ConfigMapping(prefix = "salient.probe")
public interface ProbeSettings {
  /** Consumer group, prefix of the internal topics and of the transactional ids. */
  @WithDefault("salient-probe")
  @NotBlank String applicationId();

  /**
   * Folder of the state stores and of the activation matrices; all is rebuilt from Kafka when it is
   * lost.
   */
  @WithDefault("${java.io.tmpdir}/salient/probe")
  @NotBlank String stateDir();

  /** Concepts that this deployment fits; by default all. */
  Optional<List<String>> concepts();

  /**
   * What neurons are ranked by: of a probe contribution, lca or neurox, or, without a probe,
   * probeless, mean-select, gaussian, iou or average-precision.
   */
  @WithDefault("contribution")
  @NotBlank String method();

  /** Further methods that final rankings are compared with, each ranking all neurons too. */
  Optional<List<String>> agreement();

  /**
   * Neurons that are listed beside every final ranking: mass:SHARE, threshold:DIVISOR,
   * bottom-mass:SHARE, top:N, bottom:N or random:N[:SEED].
   */
  Optional<String> select();

  /** What l2 is the weight of: elastic-net (the squared norm) or neurox (the norm). */
  @WithDefault("elastic-net")
  @NotBlank String penalty();

  /** Follow every final fit by a search over the paper's grid of penalties. */
  @WithDefault("false")
  boolean lambdaSearch();

  /**
   * Cluster the neurons of every final checkpoint by correlation, up to this mean distance 1 -
   * |correlation|; by default not.
   */
  Optional<@DecimalMin("0") @DecimalMax("1") Double> clusterThreshold();

  /** Weight of the L1 penalty. */
  @WithDefault("5e-4")
  @DecimalMin("0") double l1();

  /** Weight of the squared L2 penalty. */
  @WithDefault("1e-4")
  @DecimalMin("0") double l2();

  /** Scale every neuron by the mean and deviation of its own checkpoint's train words. */
  @WithDefault("true")
  boolean standardize();

  /** Train words a label needs for a part in rankings over all labels. */
  @WithDefault("20")
  @Min(0) int minLabelCount();

  /**
   * Random splits M of the train sentences whose halves are fitted again at every checkpoint, to
   * tell drift from noise. 0 for none, and so no verdict; 1 has no spread and decides nothing.
   */
  @WithDefault("5")
  @Min(0) @Max(50) int splits();

  /** Proved gap to the smallest objective, as a share of it, at which a fit has converged. */
  @WithDefault("5e-4")
  @DecimalMin(value = "0", inclusive = false) double tolerance();

  /** Evaluations after which the fit of a concept ends unconverged. */
  @WithDefault("1000")
  @Min(1) int maxEvaluations();

  /** Labels that one concept may have. */
  @WithDefault("2000")
  @Min(2) int maxLabels();

  /**
   * Tiers of a checkpoint's work, each published when it is done: {@code early} and {@code
   * provisional} while rows come in, {@code final} for the ranking, {@code noise} for the verdict
   * on its drift, {@code evaluation} for all else. What is not named is left out, final never; a
   * tier without work by the other settings is left out too.
   */
  @WithDefault("early,provisional,final,noise,evaluation")
  List<String> tiers();

  /** Shares of a checkpoint's words at which provisional probes are fitted; empty for none. */
  @WithDefault("0.1,0.25,0.5")
  Optional<List<Double>> provisionalCoverages();

  /**
   * Rank by probeless and MeanSelect before every fit, provisional ones included: what one pass
   * over the words tells.
   */
  @WithDefault("true")
  boolean earlyWarning();

  /**
   * What final probes are put to: {@code fast} (counts, layer-histogram, polysemy, selectivity,
   * masking), {@code full} (also layerwise, minimal-set, redundancy, top-words), or names of them.
   */
  @WithDefault("fast")
  List<String> evaluations();

  /** Control tasks of each concept, for selectivity. */
  @WithDefault("5")
  @Min(1) @Max(100) int controlDraws();

  /** Random orders of the neurons, for masking and redundancy. */
  @WithDefault("5")
  @Min(1) @Max(100) int randomDraws();

  /**
   * What the probe on all neurons may be better by than that on the minimal set, on dev words: 0.01
   * is a point.
   */
  @WithDefault("0.01")
  @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) double minimalSetDelta();

  /** Whether that is a share of the accuracy on all neurons instead of a difference. */
  @WithDefault("false")
  boolean minimalSetRelative();

  /** Further sets that are looked for after the minimal set, for redundancy. */
  @WithDefault("2")
  @Min(0) @Max(100) int disjointSets();

  /** Neurons of each concept whose words and sentences are listed. */
  @WithDefault("20")
  @Min(0) @Max(100) int topWordsNeurons();

  /** Seed of control tasks and random orders. */
  @WithDefault("7")
  long evaluationSeed();

  /**
   * Number format of the activation matrices: float32, or float16, which takes half the disk and
   * memory and is off by at most 2^-11 of a value.
   */
  @WithDefault("float32")
  @NotBlank String matrixEncoding();

  /** Bytes of matrices of finished checkpoints that are kept, for a baseline that comes late. */
  @WithDefault("8589934592")
  @Min(0) long matrixKeepBytes();

  /**
   * Bytes that the matrix of one checkpoint may have; an opening record that asks for more is bad.
   */
  @WithDefault("274877906944")
  @Min(1) long maxMatrixBytes();

  /** How often results are committed, and so seen; also bounds what a crash repeats. */
  @WithDefault("PT0.1S")
  Duration commitInterval();

  /** How long Kafka waits for an instance that fell silent before others take its partitions. */
  @WithDefault("PT10S")
  Duration sessionTimeout();

  /** Threads that read the stream, at most one per partition is busy. */
  @WithDefault("1")
  @Min(1) @Max(64) int threads();
}

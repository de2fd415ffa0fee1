package io.salient.lca.probe;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.ScratchSpace;
import io.salient.lca.Split;
import io.salient.torch.TorchEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replicate probes: each concept fitted once more on each of the two halves of random splits of the
 * train sentences, to see how far two fits of the same thing differ by chance.
 *
 * <p>A replicate is a head like any other whose train words of the other half have no label. Many
 * ride in one matrix product; how many is bounded by the memory of their optimisers. They set out
 * from the probe of all words and end, all alike, at {@link FitSettings#forYardsticks}, near enough
 * to their optima for where they set out not to show. The activations are standardised by all train
 * words of their checkpoint.
 */
public final class ReplicateFits {
  /** Of the optimisers that run together: about 30 float32 values per weight. */
  private static final long MOST_BYTES = 1L << 30;

  private static final long BYTES_PER_WEIGHT = 120;

  private final int[] train;
  private final SentenceHalves halves;
  private final List<ConceptLabels> concepts;
  private final Map<String, Probe> full;
  private final FitSettings settings;
  private final int width;

  /** Two fits of one concept on the two halves of one split. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes the fits; they are not kept for it.
     *
     * @param split number of the split, from 0
     * @param concept index of the concept
     * @param first fitted on the first half; a label without words there has no row
     * @param second fitted on the second half
     */
    void take(int split, int concept, Probe first, Probe second);
  }

  private record Pair(int split, int concept, Head first, Head second) {
    long bytes(int width) {
      int classes = first.classes() + second.classes();
      return BYTES_PER_WEIGHT * classes * (width + 1L) + BlockNewton.mostBytes(classes, width);
    }
  }

  private ReplicateFits(
      int[] train,
      SentenceHalves halves,
      List<ConceptLabels> concepts,
      Map<String, Probe> full,
      FitSettings settings,
      int width) {
    this.train = train;
    this.halves = halves;
    this.concepts = concepts;
    this.full = full;
    this.settings = settings.forYardsticks();
    this.width = width;
  }

  /**
   * Fits both halves of splits 0 to splits - 1.
   *
   * @param x activations
   * @param seenRows corpus word indices whose rows are there, strictly ascending
   * @param split part of each word
   * @param halves of the same corpus
   * @param concepts what to fit
   * @param full the probe of each concept on all train words, by name: where its replicates start
   * @param splits how many
   * @param settings of the fits of all words
   * @param scratch receives 4 x D bytes per train word
   * @param progress watches and may cancel
   * @param sink gets each pair of fits; for one concept in the order of the splits
   * @return one entry per concept: why it has no replicates, or empty when it has
   * @throws IllegalArgumentException when arguments do not fit each other, or an activation is NaN
   *     or infinite
   * @throws FitCancelledException when progress says so
   */
  public static List<Optional<String>> fit(
      ActivationMatrix x,
      int[] seenRows,
      Split split,
      SentenceHalves halves,
      List<ConceptLabels> concepts,
      Map<String, Probe> full,
      int splits,
      FitSettings settings,
      ScratchSpace scratch,
      FitProgress progress,
      Sink sink) {
    ProbeFit.check(x, seenRows, split, concepts);
    if (halves.words() != x.rows()) {
      throw new IllegalArgumentException(
          "halves of " + halves.words() + " words for a matrix of " + x.rows());
    }
    TorchEngine.onThisThread();
    int[] train = split.rowsOf(Split.TRAIN, seenRows);
    ReplicateFits fits = new ReplicateFits(train, halves, concepts, full, settings, x.width());
    List<Optional<String>> problems = fits.problems(splits);
    if (splits > 0 && problems.stream().anyMatch(Optional::isEmpty)) {
      Watch watch = new Watch(progress);
      TrainWords words =
          TrainWords.gather(x, train, settings.standardize(), scratch, watch).words();
      fits.run(words, splits, problems, watch, sink);
    }
    return problems;
  }

  private List<Optional<String>> problems(int splits) {
    List<Optional<String>> problems = new ArrayList<>();
    for (int concept = 0; concept < concepts.size(); concept++) {
      Optional<String> problem = Optional.empty();
      for (int split = 0; split < splits && problem.isEmpty(); split++) {
        Pair pair = pair(split, concept);
        problem =
            pair.first()
                .problem()
                .or(pair.second()::problem)
                .map(why -> "on half of the train sentences, " + why.message());
      }
      problems.add(problem);
    }
    return problems;
  }

  private Pair pair(int split, int concept) {
    return new Pair(split, concept, head(split, concept, true), head(split, concept, false));
  }

  private Head head(int split, int concept, boolean first) {
    return new Head(halves.half(concepts.get(concept), split, first), train, width, settings);
  }

  private void run(
      TrainWords words, int splits, List<Optional<String>> problems, Watch watch, Sink sink) {
    List<Pair> together = new ArrayList<>();
    long bytes = 0;
    for (int split = 0; split < splits; split++) {
      for (int concept = 0; concept < concepts.size(); concept++) {
        if (problems.get(concept).isEmpty()) {
          Pair pair = pair(split, concept);
          if (!together.isEmpty() && bytes + pair.bytes(width) > MOST_BYTES) {
            fit(words, together, watch, sink);
            together.clear();
            bytes = 0;
          }
          together.add(pair);
          bytes += pair.bytes(width);
        }
      }
    }
    fit(words, together, watch, sink);
  }

  private void fit(TrainWords words, List<Pair> pairs, Watch watch, Sink sink) {
    List<Head> heads = new ArrayList<>();
    for (Pair pair : pairs) {
      Probe start = full.get(concepts.get(pair.concept()).concept());
      pair.first().start(start);
      pair.second().start(start);
      heads.add(pair.first());
      heads.add(pair.second());
    }
    new JointFit(heads, watch).run(words, train, System.nanoTime());
    for (Pair pair : pairs) {
      sink.take(pair.split(), pair.concept(), pair.first().probe(), pair.second().probe());
    }
  }
}

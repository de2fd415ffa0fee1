package io.salient.ranking.view;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.salient.schemas.avro.AblationPoint;
import io.salient.schemas.avro.DisjointSet;
import io.salient.schemas.avro.EvaluationCost;
import io.salient.schemas.avro.Evaluations;
import io.salient.schemas.avro.FiringSentence;
import io.salient.schemas.avro.LayerAccuracy;
import io.salient.schemas.avro.MinimalSetReport;
import io.salient.schemas.avro.NeuronWords;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.SelectivityReport;
import io.salient.schemas.avro.SetSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Evaluations as people see them. Accuracies are on the test words, 0 to 1, unless it says dev. */
public final class EvaluationViews {
  private EvaluationViews() {}

  /**
   * All of one probe.
   *
   * @param selectivity accuracy beside control tasks; null when not evaluated
   * @param ablation accuracy with few neurons kept, without retraining; empty when not evaluated
   * @param lcaAblation the same by the paper's rule, lca, where contribution ranks; empty otherwise
   * @param minimalSet the fewest first neurons that do nearly as well; null when there is none
   * @param layerwise accuracy of one probe per layer; empty when not evaluated
   * @param topWords what the first neurons fire for; empty when not evaluated
   * @param agreement with other methods; null when none were asked for
   * @param selection neurons chosen by a selector; null when none was asked for
   * @param evaluationPending true while the evaluations are still to come
   * @param evaluationSeconds what each evaluation took for all concepts together, by name
   * @param evaluated false where nothing was evaluated, which only the report tells
   */
  public record All(
      Selectivity selectivity,
      List<Ablation> ablation,
      List<Ablation> lcaAblation,
      MinimalSet minimalSet,
      List<Layer> layerwise,
      List<TopWords> topWords,
      AgreementView agreement,
      SelectionView selection,
      boolean evaluationPending,
      Map<String, Double> evaluationSeconds,
      @JsonIgnore boolean evaluated) {
    private static final Evaluations NOTHING = Evaluations.newBuilder().build();

    static All of(ProbeReport report, int top) {
      boolean evaluated = report.getEvaluations() != null;
      Evaluations all = evaluated ? report.getEvaluations() : NOTHING;
      return new All(
          Selectivity.of(all.getSelectivity()),
          all.getAblation().stream().map(Ablation::of).toList(),
          all.getLcaAblation().stream().map(Ablation::of).toList(),
          MinimalSet.of(all.getMinimalSet()),
          all.getLayerwise().stream().map(Layer::of).toList(),
          NeuronViews.first(all.getTopWords(), top).stream().map(TopWords::of).toList(),
          AgreementView.of(report.getAgreement(), top),
          SelectionView.of(report.getSelection()),
          report.getTiers().contains("evaluation"),
          seconds(report),
          evaluated);
    }

    private static Map<String, Double> seconds(ProbeReport report) {
      Map<String, Double> seconds = new LinkedHashMap<>();
      for (EvaluationCost cost : report.getEvaluationCosts()) {
        seconds.put(cost.getName(), cost.getSeconds());
      }
      return seconds;
    }
  }

  /**
   * Accuracy beside control tasks.
   *
   * @param accuracy of the probe
   * @param control mean accuracy of the control tasks' probes
   * @param mean accuracy minus control
   * @param low lower end of the 95 % interval of the mean over draws; null with one draw
   * @param high upper end
   * @param draws control tasks
   * @param seenWords test words whose type is among the train words
   * @param seenAccuracy of the probe on these; null where there are none, or an earlier version
   *     measured
   * @param seenControl mean accuracy of the control tasks' probes on these
   */
  public record Selectivity(
      double accuracy,
      double control,
      double mean,
      Double low,
      Double high,
      int draws,
      int seenWords,
      Double seenAccuracy,
      Double seenControl) {
    static Selectivity of(SelectivityReport report) {
      return report == null
          ? null
          : new Selectivity(
              report.getAccuracy(),
              report.getControl(),
              report.getMean(),
              report.getLow(),
              report.getHigh(),
              report.getDraws(),
              report.getSeenWords(),
              report.getSeenAccuracy(),
              report.getSeenControl());
    }
  }

  /**
   * Accuracy when only some neurons are kept and the rest stays at its mean.
   *
   * @param kept share of the neurons, 0 to 1
   * @param neurons how many these are
   * @param top with the first of the ranking
   * @param random mean over random sets
   * @param bottom with the last of the ranking
   */
  public record Ablation(double kept, int neurons, double top, double random, double bottom) {
    static Ablation of(AblationPoint point) {
      return new Ablation(
          point.getKept(),
          point.getNeurons(),
          point.getTop(),
          point.getRandom(),
          point.getBottom());
    }
  }

  /**
   * The fewest first neurons whose retrained probe is, to 95 %, no more than delta worse than the
   * probe on all neurons.
   *
   * @param size number of neurons
   * @param delta what the probe on all neurons may be better by on dev words
   * @param relative true when delta is a share of that probe's accuracy
   * @param devAccuracy of the retrained probe on the dev words
   * @param lossBound upper limit, 95 %, of what it loses there; null where an earlier version
   *     measured
   * @param testAccuracy of the same probe
   * @param randomAccuracy mean over probes retrained on as many random neurons; null when not
   *     evaluated
   * @param bottomAccuracy of a probe retrained on as many of the last neurons; null when not
   *     evaluated
   * @param layerHistogram how many neurons of the set lie in each layer
   * @param meanLayer of the set
   * @param layerEntropy of the histogram, in bits
   * @param grid all sizes that were tried
   * @param disjoint further sets, each among the neurons left by those before it
   */
  public record MinimalSet(
      int size,
      double delta,
      boolean relative,
      double devAccuracy,
      Double lossBound,
      Double testAccuracy,
      Double randomAccuracy,
      Double bottomAccuracy,
      List<Integer> layerHistogram,
      double meanLayer,
      double layerEntropy,
      List<TriedSize> grid,
      List<Disjoint> disjoint) {
    static MinimalSet of(MinimalSetReport set) {
      return set == null
          ? null
          : new MinimalSet(
              set.getSize(),
              set.getDelta(),
              set.getRelative(),
              set.getDevAccuracy(),
              set.getLossBound(),
              set.getTestAccuracy(),
              set.getRandomAccuracy(),
              set.getBottomAccuracy(),
              set.getLayerHistogram(),
              set.getMeanLayer(),
              set.getLayerEntropy(),
              set.getGrid().stream().map(TriedSize::of).toList(),
              set.getDisjoint().stream().map(Disjoint::of).toList());
    }
  }

  /**
   * A number of first neurons that was tried.
   *
   * @param size how many
   * @param devAccuracy of a probe retrained on them, on the dev words
   * @param smoothed the same after isotonic regression over all sizes
   * @param lossBound upper limit, 95 %, of what they lose there
   * @param testAccuracy of the same probe
   */
  public record TriedSize(
      int size, double devAccuracy, double smoothed, double lossBound, Double testAccuracy) {
    static TriedSize of(SetSize size) {
      return new TriedSize(
          size.getSize(),
          size.getDevAccuracy(),
          size.getSmoothed(),
          size.getLossBound(),
          size.getTestAccuracy());
    }
  }

  /**
   * A further set.
   *
   * @param size number of neurons
   * @param devAccuracy of a probe retrained on it, on the dev words
   * @param testAccuracy of the same probe
   */
  public record Disjoint(int size, double devAccuracy, Double testAccuracy) {
    static Disjoint of(DisjointSet set) {
      return new Disjoint(set.getSize(), set.getDevAccuracy(), set.getTestAccuracy());
    }
  }

  /**
   * A probe that sees one layer only.
   *
   * @param layer 0 is the output of the embeddings
   * @param accuracy of it
   */
  public record Layer(int layer, Double accuracy) {
    static Layer of(LayerAccuracy layer) {
      return new Layer(layer.getLayer(), layer.getAccuracy());
    }
  }

  /**
   * What a neuron fires for.
   *
   * @param layer 0 is the output of the embeddings
   * @param unit 0 to H-1
   * @param words word types by mean activation, highest first
   * @param sentences those with the highest activation of a single word
   */
  public record TopWords(int layer, int unit, List<Word> words, List<Sentence> sentences) {
    static TopWords of(NeuronWords words) {
      return new TopWords(
          words.getLayer(),
          words.getUnit(),
          words.getWords().stream()
              .map(word -> new Word(word.getWord(), word.getScore(), word.getCount()))
              .toList(),
          words.getSentences().stream().map(Sentence::of).toList());
    }
  }

  /**
   * A word type.
   *
   * @param word as the corpus has it
   * @param score mean activation in standard deviations
   * @param count words of this type
   */
  public record Word(String word, double score, int count) {}

  /**
   * A sentence, or the part of a long one around its strongest word.
   *
   * @param sentence its index in the corpus
   * @param firstWord corpus word index of the first word given
   * @param words the words
   * @param activations one per word, in standard deviations; null for a word without a row
   */
  public record Sentence(int sentence, int firstWord, List<String> words, List<Float> activations) {
    static Sentence of(FiringSentence sentence) {
      return new Sentence(
          sentence.getSentence(),
          sentence.getFirstWord(),
          sentence.getWords(),
          sentence.getActivations());
    }
  }
}

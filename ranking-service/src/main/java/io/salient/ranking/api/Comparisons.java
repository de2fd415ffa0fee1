package io.salient.ranking.api;

import io.salient.ranking.RankingService;
import io.salient.ranking.topology.KeptRankings;
import io.salient.ranking.topology.RankingDrift;
import io.salient.ranking.topology.ReportLayers;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.Provenance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Compares any two rankings that this instance keeps. */
@ApplicationScoped
public class Comparisons {
  private final Supplier<KeptRankings> kept;

  /** Compares what the service's stores keep. */
  @Inject
  public Comparisons(RankingService service) {
    this(service::kept);
  }

  Comparisons(Supplier<KeptRankings> kept) {
    this.kept = kept;
  }

  /**
   * Compares two checkpoints, of one run or of two.
   *
   * @param top size k of the compared sets, 1 to 500
   * @throws ProblemException 404 when one of the two is not ranked, 400 when the two cannot be
   *     compared, 503 while the stores cannot be read
   */
  public CompareView compare(
      String runA, long stepA, String runB, long stepB, String concept, int top) {
    try {
      KeptRankings rankings = kept.get();
      KeptRankings.Kept a = find(rankings, runA, concept, stepA);
      KeptRankings.Kept b = find(rankings, runB, concept, stepB);
      ProbeReport report = b.neurons().getReport();
      checkComparable(a.neurons().getReport(), report);
      if (!ReportLayers.of(a.neurons().getReport()).equals(ReportLayers.of(report))) {
        checkAllLayers(a.neurons().getReport(), report);
        return CompareView.of(
            a.neurons(), b.neurons(), top, RelativeLayers.of(a, b, top), rankings.judgement(a, b));
      }
      checkTokenizers(a.neurons().getReport().getProvenance(), report.getProvenance());
      return CompareView.of(
          a.neurons(),
          b.neurons(),
          RankingDrift.between(a.order(), b.order(), ReportLayers.of(report), top),
          rankings.judgement(a, b));
    } catch (InvalidStateStoreException e) {
      throw new ProblemException(
          503,
          "Rankings not readable",
          "The ranking stream is starting or moving partitions; ask again in a moment.");
    }
  }

  private static KeptRankings.Kept find(
      KeptRankings rankings, String run, String concept, long step) {
    return rankings
        .find(run, concept, step)
        .orElseThrow(
            () ->
                new ProblemException(
                    404,
                    "No ranking",
                    String.format(
                        "No ranking of %s at step %d of run %s is kept by this instance.",
                        concept, step, run)));
  }

  private static void checkComparable(ProbeReport a, ProbeReport b) {
    same("ranking methods", a.getMethod(), b.getMethod());
    Provenance from = a.getProvenance();
    Provenance to = b.getProvenance();
    same("aggregations", from.getAggregation(), to.getAggregation());
    if (!from.getCorpusHash().equals(to.getCorpusHash())) {
      throw notComparable(
          String.format(
              "The corpora differ: %s (%s) and %s (%s).",
              from.getCorpus(), from.getCorpusHash(), to.getCorpus(), to.getCorpusHash()));
    }
  }

  /** Where a layer lies relative to the others of its model is known only where all are there. */
  private static void checkAllLayers(ProbeReport a, ProbeReport b) {
    if (!a.getLayerNumbers().isEmpty() || !b.getLayerNumbers().isEmpty()) {
      throw notComparable(
          String.format(
              "The layers differ: %s of %d units and %s of %d. Models of different sizes are"
                  + " compared over all their layers, others over the same layers.",
              ReportLayers.of(a).numbers(),
              a.getHiddenSize(),
              ReportLayers.of(b).numbers(),
              b.getHiddenSize()));
    }
  }

  /** Neuron by neuron, only what saw the same subwords can be compared; relative layers can. */
  private static void checkTokenizers(Provenance a, Provenance b) {
    boolean known = !a.getTokenizer().isEmpty() && !b.getTokenizer().isEmpty();
    if (known && !a.getTokenizer().equals(b.getTokenizer())) {
      throw notComparable(
          String.format(
              "The tokenizers differ: they cut the words of %s into other subwords (%s and %s)."
                  + " Rank both checkpoints with one tokenizer.",
              a.getCorpus(), a.getTokenizer(), b.getTokenizer()));
    }
  }

  private static void same(String what, Object a, Object b) {
    if (!a.equals(b)) {
      throw notComparable(String.format("The %s differ: %s and %s.", what, a, b));
    }
  }

  private static ProblemException notComparable(String detail) {
    return new ProblemException(400, "Rankings not comparable", detail);
  }
}

package io.salient.ranking.api;

import io.salient.ranking.topology.ReportLayers;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.Provenance;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.security.http.ProblemException;
import java.util.List;

/** Whether rankings can be compared, by the reports of their probes. */
final class ComparableReports {
  private ComparableReports() {}

  /**
   * That runs set out from the same weights.
   *
   * @param baselines one per run
   * @throws ProblemException 400 when they did not
   */
  static void checkSameCheckpoint(List<SalientNeurons> baselines) {
    SalientNeurons first = baselines.getFirst();
    for (SalientNeurons other : baselines) {
      if (!other.getCheckpointId().equals(first.getCheckpointId())) {
        throw notComparable(
            String.format(
                "The runs set out from different weights: the baseline of %s is step %d (%s), that"
                    + " of %s step %d (%s). Where only a task head differs, announce one folder as"
                    + " the baseline of all.",
                first.getRun(),
                first.getStep(),
                first.getCheckpointId(),
                other.getRun(),
                other.getStep(),
                other.getCheckpointId()));
      }
    }
  }

  /**
   * That two were ranked by the same method on the same words.
   *
   * @throws ProblemException 400 when they were not
   */
  static void check(ProbeReport a, ProbeReport b) {
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
  static void checkAllLayers(ProbeReport a, ProbeReport b) {
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
  static void checkTokenizers(Provenance a, Provenance b) {
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
    return new ProblemException(ProblemCode.NOT_COMPARABLE, detail);
  }
}

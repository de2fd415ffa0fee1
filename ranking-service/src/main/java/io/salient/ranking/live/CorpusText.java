package io.salient.ranking.live;

import io.salient.schemas.avro.Evaluations;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.SalientNeurons;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Words and sentences of corpora in results. Labels, names and notes are none. */
final class CorpusText {
  private CorpusText() {}

  /** The record, which is the caller's own, without them: neurons then have no top words at all. */
  static SpecificRecord without(SpecificRecord record) {
    switch (record) {
      case SalientNeurons neurons -> clear(neurons.getReport().getEvaluations());
      case ProbeEvaluation evaluation -> clear(evaluation.getEvaluations());
      default -> {} // no other record holds text
    }
    return record;
  }

  private static void clear(Evaluations evaluations) {
    if (evaluations != null) {
      evaluations.setTopWords(List.of());
    }
  }
}

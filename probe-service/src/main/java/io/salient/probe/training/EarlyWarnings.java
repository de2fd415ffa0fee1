package io.salient.probe.training;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.Split;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.ranking.ClassStatistics;
import io.salient.lca.ranking.EarlyRankings;
import io.salient.schemas.avro.ExtractionStarted;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * Ranks the neurons of checkpoints by what one pass over their train words tells, before any fit.
 * The statistics of the words of a checkpoint grow as its rows come: no word is read twice in a
 * life, and after a restart all are read again, with the same result. Belongs to the fitting
 * thread.
 */
final class EarlyWarnings {
  /** Checkpoints whose statistics are kept while rows are missing; others are measured anew. */
  private static final int MOST_CHECKPOINTS = 8;

  /** Statistics take 32 bytes per neuron and label; a concept that needs more gets no warning. */
  private static final long MOST_BYTES = 256L << 20;

  private final FitSettings settings;
  private final Map<String, Measured> measured =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Measured> eldest) {
          return size() > MOST_CHECKPOINTS;
        }
      };

  /** What is known of one checkpoint: per concept the words measured and their statistics. */
  private record Measured(ExtractionStarted started, Map<String, Concept> concepts) {}

  private record Concept(BitSet words, ClassStatistics statistics) {}

  EarlyWarnings(FitSettings settings) {
    this.settings = settings;
  }

  /** One entry per concept that has a ranking. */
  List<FitOutcome.EarlyRanking> of(
      FitJob job,
      ActivationMatrix matrix,
      int[] rows,
      Split split,
      List<ConceptLabels> concepts,
      FitProgress progress) {
    Measured known = measured.get(job.key());
    if (known == null || !known.started().equals(job.started())) {
      known = new Measured(job.started(), new LinkedHashMap<>());
      measured.put(job.key(), known);
    }
    int[] train = split.rowsOf(Split.TRAIN, rows);
    List<FitOutcome.EarlyRanking> rankings = new ArrayList<>();
    for (ConceptLabels concept : concepts) {
      int labels = concept.labels().size();
      if (labels <= settings.maxLabels() && 32L * labels * matrix.width() <= MOST_BYTES) {
        Concept grown =
            known
                .concepts()
                .computeIfAbsent(
                    concept.concept(),
                    name -> new Concept(new BitSet(), new ClassStatistics(labels, matrix.width())));
        grow(grown, matrix, train, concept);
        rankings.add(
            new FitOutcome.EarlyRanking(
                concept.concept(),
                grown.statistics().words(),
                EarlyRankings.of(
                    grown.statistics(), settings.standardize(), settings.minLabelCount())));
      }
      if (!progress.report(FitProgress.Phase.GATHER, (double) rankings.size() / concepts.size())) {
        throw new CancellationException();
      }
    }
    rankings.removeIf(ranking -> ranking.rankings().isEmpty());
    return rankings;
  }

  /** Words and statistics grow together or, where measuring ends by an exception, not at all. */
  private static void grow(
      Concept known, ActivationMatrix matrix, int[] train, ConceptLabels concept) {
    BitSet fresh = new BitSet();
    for (int row : train) {
      fresh.set(row);
    }
    fresh.andNot(known.words());
    ClassStatistics part =
        ClassStatistics.of(
            matrix, fresh.stream().toArray(), concept.codes(), concept.labels().size());
    known.statistics().merge(part);
    known.words().or(fresh);
  }

  /** Forgets a checkpoint that needs no more warnings. */
  void forget(String key) {
    measured.remove(key);
  }
}

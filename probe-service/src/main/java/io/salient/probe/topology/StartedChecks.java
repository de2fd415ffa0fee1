package io.salient.probe.topology;

import io.salient.probe.matrix.BlockRows;
import io.salient.probe.matrix.MatrixEncoding;
import io.salient.probe.training.StartedSentences;
import io.salient.schemas.Names;
import io.salient.schemas.avro.ConceptInfo;
import io.salient.schemas.avro.ExtractionStarted;
import java.util.HashSet;
import java.util.List;

/**
 * Whether a record can open a checkpoint. What is too large is refused here, before a file or an
 * array is made for it: a record that ends the process would end it again after every restart.
 */
final class StartedChecks {
  /** Neurons of the widest row: 4 bytes each, a row of more would not fit a record anyway. */
  private static final int MAX_WIDTH = 1 << 24;

  /** Words of the largest corpus: a fit has some arrays of this length. */
  private static final int MAX_WORDS = 1 << 26;

  private StartedChecks() {}

  /** What is wrong with it, or null. */
  static String problem(
      ExtractionStarted started, String key, MatrixEncoding encoding, long maxMatrixBytes) {
    if (!named(started.getRun(), key)) {
      return "the key is not the name of the run, or the name is not allowed";
    }
    if (started.getCheckpointId().isEmpty()
        || started.getCheckpointId().contains("/")
        || started.getStep() < 0) {
      return "no checkpoint id, or a negative step";
    }
    int words = started.getCorpus().getWords();
    if (started.getLayers() < 1
        || started.getHiddenSize() < 1
        || (long) started.getLayers() * started.getHiddenSize() > MAX_WIDTH
        || words < 0
        || words > MAX_WORDS
        || started.getRows() < 0
        || started.getRows() > words) {
      return started.getLayers()
          + " layers of "
          + started.getHiddenSize()
          + " units, "
          + started.getRows()
          + " rows of "
          + words
          + " words";
    }
    if (!numbered(started.getLayerNumbers(), started.getLayers())) {
      return "layers "
          + started.getLayerNumbers()
          + " are not "
          + started.getLayers()
          + " ascending numbers";
    }
    if (BlockRows.shape("", started, encoding).bytes() > maxMatrixBytes) {
      return "a matrix of "
          + words
          + " words by "
          + started.getLayers() * started.getHiddenSize()
          + " neurons is larger than salient.probe.max-matrix-bytes, "
          + maxMatrixBytes;
    }
    if (!ascending(started.getCorpus().getSentenceStarts(), words)) {
      return "the starts of the sentences do not ascend from 0 to " + words + " words";
    }
    String split = StartedSentences.problem(started.getCorpus());
    return split.isEmpty() ? problem(started.getConcepts()) : split;
  }

  /** True when a run has an allowed name and the record stands under it. */
  static boolean named(String run, Object key) {
    return run.equals(key) && Names.allowed(run);
  }

  private static String problem(List<ConceptInfo> concepts) {
    HashSet<String> names = new HashSet<>();
    for (ConceptInfo concept : concepts) {
      if (!Names.allowed(concept.getName()) || !names.add(concept.getName())) {
        return "a concept's name is not allowed, or comes twice";
      }
      if (new HashSet<>(concept.getLabels()).size() != concept.getLabels().size()) {
        return "concept " + concept.getName() + " has a label twice";
      }
    }
    return null;
  }

  /** None stands for all. */
  private static boolean numbered(List<Integer> numbers, int layers) {
    int before = -1;
    for (int number : numbers) {
      if (number <= before || number > MAX_WIDTH) {
        return false;
      }
      before = number;
    }
    return numbers.isEmpty() || numbers.size() == layers;
  }

  private static boolean ascending(List<Integer> starts, int words) {
    int before = 0;
    for (int i = 0; i < starts.size(); i++) {
      int start = starts.get(i);
      if (start < before || start > words || (i == 0 && start != 0)) {
        return false;
      }
      before = start;
    }
    return words == 0 || !starts.isEmpty();
  }

  /** True when both lay out the same matrix. */
  static boolean sameShape(ExtractionStarted known, ExtractionStarted now) {
    return sameLayers(known, now)
        && known.getRows() == now.getRows()
        && known.getCorpus().getHash().equals(now.getCorpus().getHash())
        && known.getConcepts().equals(now.getConcepts());
  }

  /** True when a neuron of one is the same place in the model of the other. */
  static boolean sameLayers(ExtractionStarted a, ExtractionStarted b) {
    return a.getLayers() == b.getLayers()
        && a.getHiddenSize() == b.getHiddenSize()
        && a.getLayerNumbers().equals(b.getLayerNumbers());
  }
}

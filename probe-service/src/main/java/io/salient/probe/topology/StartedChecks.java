package io.salient.probe.topology;

import io.salient.schemas.Names;
import io.salient.schemas.avro.ConceptInfo;
import io.salient.schemas.avro.ExtractionStarted;
import java.util.HashSet;
import java.util.List;

/** Whether a record can open a checkpoint. */
final class StartedChecks {
  private StartedChecks() {}

  /** What is wrong with it, or null. */
  static String problem(ExtractionStarted started, String key) {
    if (!started.getRun().equals(key) || !Names.allowed(key)) {
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
        || (long) started.getLayers() * started.getHiddenSize() > Integer.MAX_VALUE / 8
        || words < 0
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
    if (!ascending(started.getCorpus().getSentenceStarts(), words)) {
      return "the starts of the sentences do not ascend from 0 to " + words + " words";
    }
    return problem(started.getConcepts());
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
    return known.getLayers() == now.getLayers()
        && known.getHiddenSize() == now.getHiddenSize()
        && known.getRows() == now.getRows()
        && known.getCorpus().getHash().equals(now.getCorpus().getHash())
        && known.getConcepts().equals(now.getConcepts());
  }
}

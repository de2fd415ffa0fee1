package io.salient.standalone.command;

import io.salient.ranking.live.ResultStream;
import io.salient.schemas.avro.SalientNeurons;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Steps whose results are all there and yet rank no neuron for any concept. */
final class NothingRanked {
  private NothingRanked() {}

  /** Such steps among some, each with what its concepts say why. */
  static Map<Long, String> in(ResultStream results, String run, Collection<Long> steps) {
    Map<Long, String> reasons = new TreeMap<>();
    for (long step : steps) {
      List<SalientNeurons> concepts = of(results, run, step);
      if (!concepts.isEmpty() && concepts.stream().allMatch(c -> c.getRanking().isEmpty())) {
        reasons.put(
            step, concepts.stream().map(NothingRanked::why).collect(Collectors.joining("; ")));
      }
    }
    return reasons;
  }

  private static List<SalientNeurons> of(ResultStream results, String run, long step) {
    return results.run(run).stream()
        .flatMap(known -> known.concepts().stream())
        .flatMap(concept -> results.neurons(run, concept, step).stream())
        .toList();
  }

  /** Why a concept has no ranking: the last of its notes says so. */
  static String why(SalientNeurons concept) {
    List<String> notes = concept.getReport().getNotes();
    String note = notes.isEmpty() ? "nothing is ranked" : notes.getLast();
    return note.contains(concept.getConcept()) ? note : concept.getConcept() + ": " + note;
  }
}

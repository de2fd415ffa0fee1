package io.salient.ranking.topology;

import io.salient.schemas.ResultKey;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.MethodRanking;
import io.salient.schemas.avro.Neuron;
import io.salient.schemas.avro.RankedNeuron;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Compares the rankings that are known before any fit with those of the step before. What is
 * emitted is a function of the warnings that are kept, not of their order: with each one, that of
 * the step after is made anew.
 */
final class EarlyComparison implements Processor<String, EarlyWarning, Object, Object> {
  /** Of one checkpoint the one that saw more rows counts, of two the one announced later. */
  private static final Comparator<EarlyWarning> BY_ANNOUNCEMENT =
      Comparator.comparing(EarlyWarning::getAnnouncedAt)
          .thenComparing(EarlyWarning::getCheckpointId);

  private final RankingMetrics metrics;
  private final int top;
  private ProcessorContext<Object, Object> context;
  private KeyValueStore<String, EarlyWarning> kept;

  EarlyComparison(RankingMetrics metrics, int top) {
    this.metrics = metrics;
    this.top = top;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    kept = context.getStateStore(RankingStores.EARLY);
  }

  @Override
  public void process(Record<String, EarlyWarning> record) {
    EarlyWarning warning = record.value();
    String key = StoreKeys.early(warning);
    if (isBehind(warning, kept.get(key))) {
      metrics.superseded();
      return;
    }
    kept.put(key, warning);
    emit(record, warning, before(warning));
    EarlyWarning next = after(warning);
    if (next != null) {
      emit(record, next, warning);
    }
  }

  private static boolean isBehind(EarlyWarning warning, EarlyWarning known) {
    if (known == null) {
      return false;
    }
    return known.getCheckpointId().equals(warning.getCheckpointId())
        ? warning.getCoverage() < known.getCoverage()
        : BY_ANNOUNCEMENT.compare(warning, known) < 0;
  }

  private EarlyWarning before(EarlyWarning warning) {
    String from = StoreKeys.earlies(warning);
    try (KeyValueIterator<String, EarlyWarning> steps =
        kept.reverseRange(from, StoreKeys.early(warning))) {
      return another(steps, warning);
    }
  }

  private EarlyWarning after(EarlyWarning warning) {
    String to = StoreKeys.earlies(warning) + Character.MAX_VALUE;
    try (KeyValueIterator<String, EarlyWarning> steps = kept.range(StoreKeys.early(warning), to)) {
      return another(steps, warning);
    }
  }

  /** The first of another step. */
  private static EarlyWarning another(
      KeyValueIterator<String, EarlyWarning> steps, EarlyWarning warning) {
    while (steps.hasNext()) {
      EarlyWarning next = steps.next().value;
      if (next.getStep() != warning.getStep()) {
        return next;
      }
    }
    return null;
  }

  private void emit(Record<String, EarlyWarning> cause, EarlyWarning of, EarlyWarning before) {
    ResultKey key =
        new ResultKey(of.getRun(), of.getConcept(), of.getStep(), ResultKey.Kind.EARLY_WARNING);
    context.forward(
        new Record<Object, Object>(key.text(), compared(of, before), cause.timestamp()),
        RankingTopology.RESULTS);
  }

  // Field by field: Avro's copies of records meet a clash of class loaders in Quarkus tests.
  private EarlyWarning compared(EarlyWarning of, EarlyWarning before) {
    boolean comparable = before != null && ReportLayers.of(before).equals(ReportLayers.of(of));
    return EarlyWarning.newBuilder()
        .setRun(of.getRun())
        .setStep(of.getStep())
        .setCheckpointId(of.getCheckpointId())
        .setConcept(of.getConcept())
        .setCoverage(of.getCoverage())
        .setTrainWords(of.getTrainWords())
        .setLayers(of.getLayers())
        .setHiddenSize(of.getHiddenSize())
        .setLayerNumbers(of.getLayerNumbers())
        .setMethods(
            of.getMethods().stream()
                .map(method -> compared(method, comparable ? before.getMethods() : List.of()))
                .toList())
        .setK(Math.min(top, of.getLayers() * of.getHiddenSize()))
        .setOtherStep(comparable ? (Long) before.getStep() : null)
        .setOtherCheckpointId(comparable ? before.getCheckpointId() : "")
        .setOtherCoverage(comparable ? before.getCoverage() : 0)
        .setProvenance(of.getProvenance())
        .setAnnouncedAt(of.getAnnouncedAt())
        .build();
  }

  private MethodRanking compared(MethodRanking now, List<MethodRanking> before) {
    Integer changed =
        before.stream()
            .filter(other -> other.getMethod().equals(now.getMethod()))
            .findFirst()
            .map(other -> changed(now, other))
            .orElse(null);
    return new MethodRanking(now.getMethod(), first(now), changed);
  }

  private int changed(MethodRanking now, MethodRanking before) {
    Set<Neuron> entered = neurons(now);
    entered.removeAll(neurons(before));
    return entered.size();
  }

  private Set<Neuron> neurons(MethodRanking ranking) {
    return first(ranking).stream()
        .map(neuron -> new Neuron(neuron.getLayer(), neuron.getUnit()))
        .collect(Collectors.toSet());
  }

  private List<RankedNeuron> first(MethodRanking ranking) {
    return ranking.getRanking().subList(0, Math.min(top, ranking.getRanking().size()));
  }
}

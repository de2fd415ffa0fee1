package io.salient.ranking.live;

import io.salient.ranking.view.CompletedNeurons;
import io.salient.ranking.view.ConceptOverview;
import io.salient.ranking.view.DriftPoint;
import io.salient.ranking.view.RunOverview;
import io.salient.ranking.view.StepConcept;
import io.salient.schemas.AvroSerde;
import io.salient.schemas.ResultKey;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.AlarmState;
import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SalientNeurons;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/**
 * The latest record under each key of the results topic, as bytes: a decoded result takes ten times
 * the room. Bounded by bytes; what is longest unchanged goes first, whole runs before the rankings
 * of a run that is alone. Thread-safe.
 */
final class ResultView {
  private static final AvroSerde<SpecificRecord> RESULTS = TopicSerdes.results();

  private static final long KEY_BYTES = 200;

  private final long maxBytes;
  private final boolean textShown;
  private final NavigableMap<ResultKey, Entry> entries = new TreeMap<>(ResultKeys.ORDER);
  private final Map<String, Long> bytesByRun = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Long> changeByRun = new HashMap<>();
  private final Removals removals = new Removals();
  private long lastChange;
  private long bytes;
  private long evicted;

  /**
   * An empty view.
   *
   * @param maxBytes that it may hold
   * @param textShown false to give out no words of corpora
   */
  ResultView(long maxBytes, boolean textShown) {
    this.maxBytes = maxBytes;
    this.textShown = textShown;
  }

  /**
   * Takes a record in; null removes the key.
   *
   * @throws io.salient.schemas.UndecodableRecordException when the bytes are none of ours
   * @throws IllegalArgumentException when the record is not of the key's kind
   */
  synchronized void put(ResultKey key, byte[] value) {
    Entry entry =
        value == null ? null : Entry.of(key, value, RESULTS.decode(value), lastChange + 1);
    lastChange++;
    Entry old = entry == null ? entries.remove(key) : entries.put(key, entry);
    note(key, entry == null);
    changeByRun.put(key.run(), lastChange);
    account(key.run(), size(entry) - size(old));
    while (bytes > maxBytes && evictOne(key)) {
      evicted++;
    }
  }

  private void note(ResultKey key, boolean removed) {
    if (removed) {
      removals.add(key, lastChange);
    } else {
      removals.forget(key);
    }
  }

  private boolean evictOne(ResultKey newest) {
    String eldest = bytesByRun.keySet().iterator().next();
    if (!eldest.equals(newest.run())) {
      List.copyOf(ofRun(eldest).keySet()).forEach(this::remove);
      return true;
    }
    Optional<ResultKey> oldest =
        entries.entrySet().stream()
            .filter(e -> e.getValue().summary() != null && !e.getKey().equals(newest))
            .map(Map.Entry::getKey)
            .findFirst();
    oldest.ifPresent(this::remove);
    return oldest.isPresent();
  }

  private void remove(ResultKey key) {
    account(key.run(), -size(entries.remove(key)));
  }

  private void account(String run, long change) {
    bytes += change;
    if (bytesByRun.merge(run, change, Long::sum) <= 0) {
      bytesByRun.remove(run);
      changeByRun.remove(run);
    }
  }

  private static long size(Entry entry) {
    return entry == null ? 0 : entry.bytes().length + KEY_BYTES;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized long evicted() {
    return evicted;
  }

  synchronized List<String> runs() {
    return bytesByRun.keySet().stream().sorted().toList();
  }

  /** All runs in short, by name: by what is kept beside the records, none of which is decoded. */
  synchronized List<RunOverview.Summary> summaries() {
    return runs().stream().map(this::summaryOf).toList();
  }

  private RunOverview.Summary summaryOf(String run) {
    SortedSet<Long> steps = new TreeSet<>();
    Instant last = null;
    for (Map.Entry<ResultKey, Entry> one : ofRun(run).entrySet()) {
      Instant at = one.getValue().at();
      if (one.getValue().summary() != null || at != null) {
        steps.add(one.getKey().step());
      }
      last = at == null || (last != null && last.isAfter(at)) ? last : at;
    }
    return new RunOverview.Summary(run, steps.size(), steps.isEmpty() ? null : steps.last(), last);
  }

  synchronized List<ResultKey> keys() {
    return List.copyOf(entries.keySet());
  }

  synchronized boolean contains(ResultKey key) {
    return entries.containsKey(key);
  }

  /** A ranking with its evaluation, where that is there; anything else as it stands. */
  synchronized Optional<SpecificRecord> record(ResultKey key) {
    Optional<SpecificRecord> record = decoded(key);
    if (record.isPresent() && record.get() instanceof SalientNeurons neurons) {
      ResultKey evaluation = new ResultKey(key.run(), key.concept(), key.step(), Kind.EVALUATION);
      return Optional.of(
          CompletedNeurons.complete(neurons, (ProbeEvaluation) decoded(evaluation).orElse(null)));
    }
    return record;
  }

  private Optional<SpecificRecord> decoded(ResultKey key) {
    return Optional.ofNullable(entries.get(key))
        .map(entry -> RESULTS.decode(entry.bytes()))
        .map(record -> textShown ? record : CorpusText.without(record));
  }

  synchronized List<RunStatus> statuses(String run) {
    return ofConcept(run, ResultKey.NO_CONCEPT).entrySet().stream()
        .filter(entry -> entry.getKey().kind() == Kind.STATUS)
        .map(entry -> (RunStatus) RESULTS.decode(entry.getValue().bytes()))
        .toList();
  }

  /** By concept. */
  synchronized List<DriftAlarm> alarms(String run) {
    return ofRun(run).entrySet().stream()
        .filter(entry -> entry.getKey().kind() == Kind.ALARM)
        .map(entry -> (DriftAlarm) RESULTS.decode(entry.getValue().bytes()))
        .toList();
  }

  /** By concept. */
  synchronized List<EarlyWarning> earlyWarnings(String run, long step) {
    return ofRun(run).entrySet().stream()
        .filter(entry -> entry.getKey().kind() == Kind.EARLY_WARNING)
        .filter(entry -> entry.getKey().step() == step)
        .map(entry -> (EarlyWarning) RESULTS.decode(entry.getValue().bytes()))
        .toList();
  }

  /** The latest step that has any. */
  synchronized OptionalLong lastEarlyWarning(String run) {
    return ofRun(run).keySet().stream()
        .filter(key -> key.kind() == Kind.EARLY_WARNING)
        .mapToLong(ResultKey::step)
        .max();
  }

  synchronized List<NeuronDrift> drift(String run, String concept) {
    List<NeuronDrift> drift = new ArrayList<>();
    for (Entry entry : ofConcept(run, concept).values()) {
      if (entry.summary() == null && RESULTS.decode(entry.bytes()) instanceof NeuronDrift one) {
        drift.add(one);
      }
    }
    return drift;
  }

  /** By step, the summary of each concept. */
  synchronized NavigableMap<Long, List<StepConcept>> summaries(String run) {
    NavigableMap<Long, List<StepConcept>> summaries = new TreeMap<>();
    ofRun(run)
        .forEach(
            (key, entry) -> {
              if (entry.summary() != null) {
                summaries.computeIfAbsent(key.step(), s -> new ArrayList<>()).add(entry.summary());
              }
            });
    return summaries;
  }

  synchronized Optional<StepConcept> summary(String run, String concept, long step) {
    return Optional.ofNullable(entries.get(new ResultKey(run, concept, step, Kind.NEURONS)))
        .map(Entry::summary);
  }

  private NavigableMap<ResultKey, Entry> ofRun(String run) {
    return entries.subMap(first(run, ""), true, first(run + "\0", ""), false);
  }

  private NavigableMap<ResultKey, Entry> ofConcept(String run, String concept) {
    return entries.subMap(first(run, concept), true, first(run, concept + "\0"), false);
  }

  private static ResultKey first(String run, String concept) {
    return new ResultKey(run, concept, Long.MIN_VALUE, Kind.NEURONS);
  }

  /** True when the evaluation of a ranking is asked for and not there. */
  synchronized boolean awaitsEvaluation(String run, String concept, long step) {
    Entry neurons = entries.get(new ResultKey(run, concept, step, Kind.NEURONS));
    Entry evaluation = entries.get(new ResultKey(run, concept, step, Kind.EVALUATION));
    return neurons != null
        && neurons.awaitsEvaluation()
        && (evaluation == null || !evaluation.checkpointId().equals(neurons.checkpointId()));
  }

  /** Number of the last change. */
  synchronized long lastChange() {
    return lastChange;
  }

  /** The last change of a run; of all where nothing is known of it. */
  synchronized long lastChange(String run) {
    return changeByRun.getOrDefault(run, lastChange);
  }

  /**
   * Keys that changed after a change, each with the number of its latest.
   *
   * @return empty when that is not known so far back
   */
  synchronized Optional<Map<ResultKey, Long>> changedAfter(long change) {
    if (change > lastChange || !removals.reachBackTo(change)) {
      return Optional.empty();
    }
    Map<ResultKey, Long> changed = new HashMap<>(removals.all());
    entries.forEach((key, entry) -> changed.put(key, entry.change()));
    changed.values().removeIf(of -> of <= change);
    return Optional.of(changed);
  }

  /** Coverage of the latest early ranking of a checkpoint; null when there is none. */
  synchronized Float earlyCoverage(RunStatus status) {
    return status.getConcepts().stream()
        .map(of -> new ResultKey(status.getRun(), of, status.getStep(), Kind.EARLY_WARNING))
        .map(entries::get)
        .filter(Objects::nonNull)
        .filter(entry -> entry.checkpointId().equals(status.getCheckpointId()))
        .map(Entry::early)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Names of the concepts that anything is known of. */
  synchronized SortedSet<String> concepts(String run) {
    SortedSet<String> concepts = new TreeSet<>();
    ofRun(run).keySet().forEach(key -> concepts.add(key.concept()));
    concepts.remove(ResultKey.NO_CONCEPT);
    return concepts;
  }

  /** The row of a concept; without points where nothing is ranked. */
  synchronized ConceptOverview overview(String run, String concept) {
    NavigableMap<Long, StepConcept> ranked = new TreeMap<>();
    List<DriftPoint> drifts = new ArrayList<>();
    ResultKey early = null;
    for (Map.Entry<ResultKey, Entry> entry : ofConcept(run, concept).entrySet()) {
      if (entry.getValue().summary() != null) {
        ranked.put(entry.getKey().step(), entry.getValue().summary());
      } else if (entry.getValue().drift() != null) {
        drifts.add(entry.getValue().drift());
      } else if (entry.getValue().early() != null) {
        early = entry.getKey();
      }
    }
    return ConceptOverview.of(
        concept,
        ranked,
        drifts,
        raisedAlarm(new ResultKey(run, concept, ResultKey.NO_STEP, Kind.ALARM)),
        early == null ? null : (EarlyWarning) decoded(early).orElseThrow());
  }

  private Long raisedAlarm(ResultKey key) {
    return decoded(key)
        .map(DriftAlarm.class::cast)
        .filter(alarm -> alarm.getState() == AlarmState.RAISED)
        .map(DriftAlarm::getStep)
        .orElse(null);
  }
}

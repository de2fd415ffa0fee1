package io.salient.ranking.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.salient.ranking.settings.RankingSettings;
import io.salient.ranking.view.ConceptOverview;
import io.salient.ranking.view.RunOverview;
import io.salient.ranking.view.RunView;
import io.salient.ranking.view.TierView;
import io.salient.schemas.ResultKey;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.UndecodableRecordException;
import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.NeuronClusters;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SalientNeurons;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.jboss.logging.Logger;

/**
 * The current view of the results of all runs. Every replica reads the whole compacted topic, so
 * that each answers for every run. Thread-safe.
 */
@ApplicationScoped
public class ResultStream {
  private static final Logger LOG = Logger.getLogger(ResultStream.class);

  /** What a step's stage and tiers are told by, beside its status. */
  private static final Set<Kind> MOVES_A_STEP =
      EnumSet.of(Kind.NEURONS, Kind.EVALUATION, Kind.EARLY_WARNING);

  private final boolean textShown;
  private final ResultView view;
  private final StepEnds ends;
  private final RunShapes shapes;
  private final List<Consumer<ResultKey>> listeners = new CopyOnWriteArrayList<>();
  private volatile Made made = new Made(-1, Map.of());
  private final AtomicLong skipped = new AtomicLong();
  private final AtomicLong coalesced = new AtomicLong();
  private final String life = UUID.randomUUID().toString().substring(0, 8);

  /** For the container's proxy. */
  protected ResultStream() {
    this(1, true);
  }

  /** A view that keeps {@code salient.ranking.view-bytes}, and text where it may be shown. */
  @Inject
  public ResultStream(RankingSettings settings, MeterRegistry registry) {
    this(settings.viewBytes(), settings.showText());
    registry.gauge("salient.ranking.view.bytes", view, ResultView::bytes);
    registry
        .more()
        .counter("salient.ranking.stream.coalesced", List.of(), coalesced, AtomicLong::get);
    registry.more().counter("salient.ranking.view.evicted", List.of(), view, ResultView::evicted);
    registry.more().counter("salient.ranking.results.skipped", List.of(), skipped, AtomicLong::get);
  }

  ResultStream(long maxBytes, boolean textShown) {
    this.textShown = textShown;
    view = new ResultView(maxBytes, textShown);
    ends = new StepEnds(view);
    shapes = new RunShapes(view, ends);
  }

  /** False where no record of this view holds words of a corpus. */
  public boolean textShown() {
    return textShown;
  }

  /** Every run, by name. */
  public List<RunView> runs() {
    return view.runs().stream().map(shapes::run).toList();
  }

  /** Every run in short, by name. */
  public List<RunOverview.Summary> summaries() {
    return view.summaries();
  }

  /** One run; empty when nothing is known of it. */
  public Optional<RunView> run(String run) {
    return view.runs().contains(run) ? Optional.of(shapes.run(run)) : Optional.empty();
  }

  /** One run in short; empty when nothing is known of it. */
  public Optional<RunOverview> overview(String run) {
    String position = position().text(); // first: what changes meanwhile is told after it
    return run(run).map(known -> shapes.overview(known, position));
  }

  /** What is now known of a concept, as one row of figures. */
  ConceptOverview concept(String run, String concept) {
    return view.overview(run, concept);
  }

  /**
   * What the change of a key means for the overview of its run. Made once for all who listen, as
   * long as nothing else has changed.
   */
  public RunOverview.Change overviewChange(ResultKey key) {
    long change = view.lastChange(); // first: what changes meanwhile makes it anew
    Made known = made;
    if (known.change != change) {
      known = new Made(change, new ConcurrentHashMap<>());
      made = known;
    }
    return known.changes.computeIfAbsent(key, shapes::change);
  }

  /** What was made of changes since the last one, by key. */
  private record Made(long change, Map<ResultKey, RunOverview.Change> changes) {}

  /** Where the changes now are. */
  public Position position() {
    return new Position(life, view.lastChange());
  }

  /** Where the changes of one run now are; of all where nothing is known of it. */
  public Position position(String run) {
    return new Position(life, view.lastChange(run));
  }

  /**
   * Keys that changed after a position, or whose meaning did, each with the number of that change.
   *
   * @return empty when that is not known: the position is of another life, or too long ago
   */
  Optional<Map<ResultKey, Long>> changedAfter(Position position) {
    return position.life().equals(life)
        ? view.changedAfter(position.change()).map(this::withStatuses)
        : Optional.empty();
  }

  private Map<ResultKey, Long> withStatuses(Map<ResultKey, Long> changed) {
    Map<ResultKey, Long> all = new HashMap<>(changed);
    changed.forEach((key, change) -> told(key).ifPresent(of -> all.merge(of, change, Math::max)));
    return all;
  }

  /** The ranking of a concept at a step, provisional or final. */
  public Optional<SalientNeurons> neurons(String run, String concept, long step) {
    return record(new ResultKey(run, concept, step, Kind.NEURONS)).map(SalientNeurons.class::cast);
  }

  /** All drift of a concept, by step, against the baseline before against the step before. */
  public List<NeuronDrift> drift(String run, String concept) {
    return view.drift(run, concept);
  }

  /** The drift of a concept at one step: none, one or both kinds. */
  public List<NeuronDrift> drift(String run, String concept, long step) {
    return drift(run, concept).stream().filter(d -> d.getStep() == step).toList();
  }

  /** The alarms of a run, by concept: of those whose alarm was ever raised. */
  public List<DriftAlarm> alarms(String run) {
    return view.alarms(run);
  }

  /** The alarm of a concept; empty where none was ever raised. */
  public Optional<DriftAlarm> alarm(String run, String concept) {
    return record(new ResultKey(run, concept, ResultKey.NO_STEP, Kind.ALARM))
        .map(DriftAlarm.class::cast);
  }

  /** What is known of a step before any fit, by concept. */
  public List<EarlyWarning> earlyWarnings(String run, long step) {
    return view.earlyWarnings(run, step);
  }

  /** The latest step of a run of which anything is known before any fit. */
  public OptionalLong lastEarlyWarning(String run) {
    return view.lastEarlyWarning(run);
  }

  /** The clusters of a checkpoint's neurons, where they were asked for. */
  public Optional<NeuronClusters> clusters(String run, long step) {
    return record(new ResultKey(run, ResultKey.NO_CONCEPT, step, Kind.CLUSTERS))
        .map(NeuronClusters.class::cast);
  }

  /** The latest status of each checkpoint of a run, by step. */
  public List<RunStatus> statuses(String run) {
    return view.statuses(run);
  }

  /** True when every concept that is to be ranked at this step has its final result. */
  public boolean ranked(String run, long step) {
    return status(run, step).filter(ends::ranked).isPresent();
  }

  /**
   * True when a step is ranked and all that was asked for beyond that has ended, in one way or
   * another. False from a version without tiers, which never says.
   */
  public boolean evaluated(String run, long step) {
    return status(run, step).filter(ends::evaluated).isPresent();
  }

  /**
   * True when a step is ranked and some tiers have ended, those that were asked for.
   *
   * @param tiers names, such as noise and evaluation
   */
  public boolean ended(String run, long step, Collection<String> tiers) {
    return status(run, step).filter(status -> ends.ended(status, tiers)).isPresent();
  }

  /** What is going on with a checkpoint: a stage, or EVALUATED. */
  public String stage(RunStatus status) {
    return ends.stage(status);
  }

  /** The tiers of a checkpoint, those that have a result among them done. */
  public List<TierView> tiers(RunStatus status) {
    return ends.tiers(status);
  }

  private Optional<RunStatus> status(String run, long step) {
    return record(new ResultKey(run, ResultKey.NO_CONCEPT, step, Kind.STATUS))
        .map(RunStatus.class::cast);
  }

  /** Calls the listener with each key that changes from now on, on the thread that reads. */
  public void onChange(Consumer<ResultKey> listener) {
    listeners.add(listener);
  }

  /** Ends what {@link #onChange} began. */
  public void removeListener(Consumer<ResultKey> listener) {
    listeners.remove(listener);
  }

  /** The record under a key. */
  public Optional<SpecificRecord> record(ResultKey key) {
    return view.record(key);
  }

  /** All keys now known, by run, concept, step and kind. */
  public List<ResultKey> keys() {
    return view.keys();
  }

  /** Bytes now held. */
  public long bytes() {
    return view.bytes();
  }

  /** How many entries or runs had to go because the view was full. */
  public long evicted() {
    return view.evicted();
  }

  /** How many records of the results topic could not be read. */
  public long skipped() {
    return skipped.get();
  }

  /** A subscriber had not taken a change yet when the next of the same key came. */
  void coalesce() {
    coalesced.incrementAndGet();
  }

  /** Takes in one record of the results topic. */
  void apply(String keyText, byte[] value) {
    Optional<ResultKey> key = ResultKeys.parse(keyText);
    if (key.isEmpty()) {
      skip("key of four parts expected");
      return;
    }
    try {
      view.put(key.get(), value);
    } catch (UndecodableRecordException | IllegalArgumentException e) {
      skip(e.getMessage());
      return;
    }
    changed(key.get());
  }

  private void changed(ResultKey key) {
    listeners.forEach(listener -> tell(listener, key));
    told(key).ifPresent(status -> listeners.forEach(listener -> tell(listener, status)));
  }

  /** The status that another record completes: its step may be ranked, or evaluated, now. */
  private Optional<ResultKey> told(ResultKey key) {
    ResultKey status = new ResultKey(key.run(), ResultKey.NO_CONCEPT, key.step(), Kind.STATUS);
    return MOVES_A_STEP.contains(key.kind()) && view.contains(status)
        ? Optional.of(status)
        : Optional.empty();
  }

  private static void tell(Consumer<ResultKey> listener, ResultKey key) {
    try {
      listener.accept(key);
    } catch (RuntimeException e) { // one listener must not keep the others from the results
      LOG.warnf(e, "a listener failed at %s", key.text());
    }
  }

  private void skip(String why) {
    skipped.incrementAndGet();
    LOG.warnf("a record of the results topic was skipped: %s", why);
  }
}

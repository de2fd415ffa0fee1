package io.salient.probe.topology;

import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.Probe;
import io.salient.lca.ranking.RankingMethod;
import io.salient.probe.topology.CheckpointProgress.End;
import io.salient.probe.topology.CheckpointProgress.Stage;
import io.salient.probe.topology.StoreKeys.Role;
import io.salient.probe.training.FitJob;
import io.salient.probe.training.FitOutcome;
import io.salient.probe.training.StartedLayers;
import io.salient.probe.training.Tier;
import io.salient.schemas.avro.ConceptInfo;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.ProbeReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Sends on what was fitted and keeps what later fits need of it, in one transaction: the probes of
 * the last final checkpoint and of the baseline, those of the checkpoint itself for its later
 * tiers, and the final reports.
 */
final class FitResults {
  private final ProcessorContext<Object, Object> context;
  private final Set<String> concepts;
  private final ProbeProcessorSettings settings;
  private final KeyValueStore<String, ExtractionStarted> checkpoints;
  private final KeyValueStore<String, CheckpointProgress> progress;
  private final KeyValueStore<String, ProbeReport> reports;
  private final KeptProbes probes;
  private final FinalProbes finals;
  private final RunBaselines baselines;

  FitResults(
      ProcessorContext<Object, Object> context,
      Set<String> concepts,
      ProbeProcessorSettings settings) {
    this.context = context;
    this.concepts = concepts;
    this.settings = settings;
    this.checkpoints = context.getStateStore(ProbeStores.CHECKPOINTS);
    this.progress = context.getStateStore(ProbeStores.PROGRESS);
    this.reports = context.getStateStore(ProbeStores.REPORTS);
    this.probes = new KeptProbes(context.getStateStore(ProbeStores.PROBES));
    this.finals = new FinalProbes(probes, reports, concepts);
    this.baselines = new RunBaselines(checkpoints, progress);
  }

  /** Final probes to start from, by concept. */
  Map<String, Probe> last(ExtractionStarted started) {
    int width = StartedLayers.of(started).width();
    Map<String, Probe> last = kept(Role.LAST, started);
    last.values().removeIf(probe -> probe.width() != width);
    return last;
  }

  /**
   * Final probes of the baseline, by concept; none for a checkpoint that will be the baseline, or
   * whose neurons are those of other layers.
   */
  Map<String, Probe> base(String key, ExtractionStarted started) {
    String baseline = baselines.of(started.getRun());
    return baselines.with(started.getRun(), key).equals(key)
            || !StartedChecks.sameLayers(checkpoints.get(baseline), started)
        ? Map.of()
        : kept(Role.BASE, started);
  }

  /** What opened a checkpoint. */
  ExtractionStarted started(String key) {
    return checkpoints.get(key);
  }

  /** Final probes of a checkpoint, for the tiers that follow. */
  List<FitResult.Fitted> finals(String key, ExtractionStarted started) {
    return finals.read(key, started);
  }

  /** What the final fits of this life are ranked by. */
  RankingMethod method() {
    return settings.method();
  }

  /**
   * What a final checkpoint was ranked by, maybe in a life with other settings: its later tiers
   * complete that ranking.
   */
  RankingMethod rankedBy(String key, ExtractionStarted started) {
    return names(started).stream()
        .map(concept -> reports.get(StoreKeys.report(key, concept)))
        .filter(Objects::nonNull)
        .findFirst()
        .map(report -> RankingMethod.of(report.getMethod()))
        .orElse(settings.method());
  }

  /** No tier of a checkpoint is to be done any more. */
  void finished(String key, ExtractionStarted started) {
    finals.forget(key, started);
  }

  private Map<String, Probe> kept(Role role, ExtractionStarted started) {
    Map<String, Probe> kept = new HashMap<>();
    for (String name : names(started)) {
      probes.read(role, started.getRun(), name).ifPresent(probe -> kept.put(name, probe));
    }
    return kept;
  }

  private List<String> names(ExtractionStarted started) {
    return Statuses.fitted(started, concepts).stream()
        .map(i -> started.getConcepts().get(i))
        .map(ConceptInfo::getName)
        .toList();
  }

  /** Sends rankings that needed no fit; nothing is kept of them. */
  void early(FitOutcome.Early outcome, long now) {
    String run = outcome.job().started().getRun();
    for (FitOutcome.EarlyRanking ranking : outcome.rankings()) {
      EarlyWarning warning = EarlyRecords.of(outcome, ranking, settings);
      forward(run, ranking.concept(), warning, now);
    }
  }

  /** Sends provisional probes; a concept that has none is told of with the final ones. */
  void provisional(FitOutcome.Fitted outcome, long now) {
    String from = baselines.id(outcome.job().started().getRun());
    for (FitResult result : outcome.results()) {
      if (result instanceof FitResult.Fitted) {
        send(outcome, result, from, now);
      }
    }
  }

  /**
   * Sends and keeps final probes.
   *
   * @return checkpoints that have to be measured against this one, their new baseline
   */
  List<String> becomeFinal(FitOutcome.Fitted outcome, CheckpointProgress known, long now) {
    FitJob job = outcome.job();
    String run = job.started().getRun();
    String before = baselines.of(run);
    progress.put(job.key(), known.ended(Stage.FINAL).with(toDo(outcome)));
    String baseline = baselines.of(run);
    boolean isBaseline = baseline.equals(job.key());
    String from = baselines.id(run);
    for (FitResult result : outcome.results()) {
      ProbeReport report = send(outcome, result, from, now);
      reports.put(StoreKeys.report(job.key(), result.concept()), report);
      if (result instanceof FitResult.Fitted fitted) {
        finals.keep(job, fitted);
        if (settings.method().needsProbe()) {
          probes.write(Role.LAST, run, job, fitted.probe());
        }
      }
      if (isBaseline) {
        keepBase(run, job, result);
      }
    }
    return isBaseline && before != null
        ? baselines.finals(run).stream().filter(key -> !key.equals(baseline)).toList()
        : List.of();
  }

  private CheckpointProgress.Ends toDo(FitOutcome.Fitted outcome) {
    boolean any = !outcome.results().isEmpty();
    boolean probes = outcome.results().stream().anyMatch(FitResult.Fitted.class::isInstance);
    End noise = probes && settings.tiers().contains(Tier.NOISE) ? End.OPEN : End.LEFT_OUT;
    End evaluation = any && settings.tiers().contains(Tier.EVALUATION) ? End.OPEN : End.LEFT_OUT;
    return new CheckpointProgress.Ends(noise, evaluation);
  }

  /** The baseline's probe, or none: what an earlier baseline had is not its own. */
  private void keepBase(String run, FitJob job, FitResult result) {
    if (result instanceof FitResult.Fitted fitted && settings.method().needsProbe()) {
      probes.write(Role.BASE, run, job, fitted.probe());
    } else {
      probes.delete(Role.BASE, run, result.concept());
    }
  }

  /** True when a final checkpoint's reports do not yet tell of the run's baseline. */
  boolean unmeasured(String key) {
    ExtractionStarted started = checkpoints.get(key);
    String run = started.getRun();
    if (key.equals(baselines.of(run))) {
      return false;
    }
    String id = baselines.id(run);
    for (String concept : names(started)) {
      ProbeReport report = reports.get(StoreKeys.report(key, concept));
      String from = probes.has(Role.BASE, run, concept) ? id : "";
      if (report != null && !report.getTransferFrom().equals(from)) {
        return true;
      }
    }
    return false;
  }

  /** Sends the reports of a final checkpoint again where the baseline came later. */
  void transfer(FitOutcome.Transferred outcome, long now) {
    ExtractionStarted started = outcome.job().started();
    String from = baselines.id(started.getRun());
    for (String concept : names(started)) {
      String key = StoreKeys.report(outcome.job().key(), concept);
      ProbeReport old = reports.get(key);
      if (old != null) {
        ProbeReport report =
            ProbeRecords.transfer(old, outcome.answers().get(concept), from, started);
        if (!report.equals(old)) {
          reports.put(key, report);
          forward(started.getRun(), concept, report, now);
        }
      }
    }
  }

  private ProbeReport send(FitOutcome.Fitted outcome, FitResult result, String from, long now) {
    String run = outcome.job().started().getRun();
    if (result instanceof FitResult.Fitted fitted) {
      ProbeRecords.classes(outcome.job(), fitted.probe())
          .forEach(record -> forward(run, result.concept(), record, now));
    }
    ProbeReport report = ProbeRecords.report(outcome, result, settings, from);
    forward(run, result.concept(), report, now);
    return report;
  }

  private void forward(String run, String concept, Object record, long now) {
    forward(run + "/" + concept, record, now);
  }

  private void forward(String key, Object record, long now) {
    context.forward(new Record<Object, Object>(key, record, now), ProbeTopology.PROBES);
  }
}

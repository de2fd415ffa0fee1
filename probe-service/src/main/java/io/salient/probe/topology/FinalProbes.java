package io.salient.probe.topology;

import io.salient.lca.probe.Answers;
import io.salient.lca.probe.Evaluation;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.LabelScore;
import io.salient.lca.probe.Probe;
import io.salient.lca.probe.optimiser.Certificate;
import io.salient.lca.ranking.ProbedNeurons;
import io.salient.probe.topology.StoreKeys.Role;
import io.salient.probe.training.FitJob;
import io.salient.schemas.LevelCodec;
import io.salient.schemas.WeightCodec;
import io.salient.schemas.avro.ConceptInfo;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.ProbeReport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The final probes of a checkpoint, kept with their reports from its final fit until its last tier
 * is done: a later tier, in whatever life of the process, starts from the same numbers.
 */
final class FinalProbes {
  private final KeptProbes probes;
  private final KeyValueStore<String, ProbeReport> reports;
  private final Set<String> concepts;

  FinalProbes(KeptProbes probes, KeyValueStore<String, ProbeReport> reports, Set<String> concepts) {
    this.probes = probes;
    this.reports = reports;
    this.concepts = concepts;
  }

  void keep(FitJob job, FitResult.Fitted fitted) {
    probes.write(Role.OWN, job.key(), job, fitted.probe());
  }

  /** Those of the concepts that have one, in the order of the concepts. */
  List<FitResult.Fitted> read(String key, ExtractionStarted started) {
    List<FitResult.Fitted> finals = new ArrayList<>();
    for (ConceptInfo concept : concepts(started)) {
      ProbeReport report = reports.get(StoreKeys.report(key, concept.getName()));
      if (report != null) {
        probes.read(Role.OWN, key, concept).ifPresent(probe -> finals.add(fitted(probe, report)));
      }
    }
    return finals;
  }

  void forget(String key, ExtractionStarted started) {
    concepts(started).forEach(concept -> probes.delete(Role.OWN, key, concept.getName()));
  }

  private List<ConceptInfo> concepts(ExtractionStarted started) {
    return Statuses.fitted(started, concepts).stream().map(started.getConcepts()::get).toList();
  }

  private static FitResult.Fitted fitted(Probe probe, ProbeReport report) {
    return new FitResult.Fitted(
        probe,
        new Certificate(
            report.getCertificate().getObjective(),
            report.getCertificate().getGap() == null
                ? Double.POSITIVE_INFINITY
                : report.getCertificate().getGap(),
            report.getCertificate().getRelativeStep(),
            report.getCertificate().getEvaluations(),
            report.getCertificate().getConverged()),
        new Evaluation(
            report.getTrainWords(),
            report.getDevWords(),
            report.getTestWords(),
            optional(report.getAccuracy()),
            optional(report.getDevAccuracy()),
            optional(report.getMacroF1()),
            optional(report.getMajority()),
            report.getLabels().stream()
                .map(label -> score(label, report.getMinLabelCount()))
                .toList(),
            Answers.NONE,
            Answers.NONE),
        neurons(report),
        report.getFitSeconds());
  }

  private static ProbedNeurons neurons(ProbeReport report) {
    ByteBuffer contributions = report.getContributions();
    return new ProbedNeurons(
        WeightCodec.decode(contributions, contributions.remaining() / Float.BYTES),
        LevelCodec.decode(report.getEntryLevels()));
  }

  private static LabelScore score(LabelReport label, int minLabelCount) {
    return new LabelScore(
        label.getLabel(),
        label.getTrainCount(),
        label.getDevCount(),
        label.getTestCount(),
        label.getTrainCount() < minLabelCount,
        optional(label.getPrecision()),
        optional(label.getRecall()),
        optional(label.getF1()));
  }

  private static OptionalDouble optional(Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}

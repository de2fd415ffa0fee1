package io.salient.probe.topology;

import io.salient.lca.SentenceGroups;
import io.salient.lca.probe.Answers;
import io.salient.lca.probe.AnswersByLabel;
import io.salient.lca.probe.ClassificationReport;
import io.salient.lca.probe.Evaluation;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.GroupedAnswers;
import io.salient.lca.probe.LabelScore;
import io.salient.lca.probe.Probe;
import io.salient.lca.probe.optimiser.Certificate;
import io.salient.probe.training.FitJob;
import io.salient.probe.training.FitOutcome;
import io.salient.probe.training.StartedSentences;
import io.salient.probe.training.Tier;
import io.salient.schemas.LevelCodec;
import io.salient.schemas.WeightCodec;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.ConceptInfo;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.FitCertificate;
import io.salient.schemas.avro.LabelAnswers;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.Provenance;
import io.salient.schemas.avro.TestGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Results of a fit as records. */
final class ProbeRecords {
  private ProbeRecords() {}

  /** One record per label that has a row. */
  static List<ClassProbe> classes(FitJob job, Probe probe) {
    List<ClassProbe> records = new ArrayList<>();
    for (int label = 0; label < probe.weights().length; label++) {
      if (probe.weights()[label] != null) {
        records.add(
            ClassProbe.newBuilder()
                .setRun(job.started().getRun())
                .setStep(job.started().getStep())
                .setCheckpointId(job.started().getCheckpointId())
                .setConcept(probe.concept())
                .setLabel(probe.labels().get(label))
                .setLabelIndex(label)
                .setCoverage(job.coverage())
                .setWeights(WeightCodec.encode(probe.weights()[label]))
                .setBias(probe.bias()[label])
                .build());
      }
    }
    return records;
  }

  /** The report that closes the set. */
  static ProbeReport report(
      FitOutcome.Fitted outcome,
      FitResult result,
      ProbeProcessorSettings settings,
      String transferFrom) {
    FitJob job = outcome.job();
    ExtractionStarted started = job.started();
    ProbeReport.Builder report =
        ProbeReport.newBuilder()
            .setRun(started.getRun())
            .setStep(started.getStep())
            .setCheckpointId(started.getCheckpointId())
            .setBaseline(started.getBaseline())
            .setConcept(result.concept())
            .setCoverage(job.coverage())
            .setFinal$(job.tier() != Tier.PROVISIONAL)
            .setTiers(job.tier() == Tier.PROVISIONAL ? List.of() : toCome(result, settings))
            .setLayers(started.getLayers())
            .setHiddenSize(started.getHiddenSize())
            .setLayerNumbers(started.getLayerNumbers())
            .setMinLabelCount(settings.fit().minLabelCount())
            .setSplits(settings.splits())
            .setL1(settings.fit().l1())
            .setL2(settings.fit().l2())
            .setTruncatedWords(started.getTruncatedWords())
            .setDroppedWords(started.getDroppedWords())
            .setFitSeconds(outcome.seconds())
            .setMethod(settings.method().text())
            .setProvenance(provenance(started, settings.provenance()))
            .setAnnouncedAt(started.getAnnouncedAt());
    switch (result) {
      case FitResult.Fitted fitted -> fill(report, started, fitted);
      case FitResult.Unfittable unfittable ->
          fill(report, started, unfittable, outcome.counts().get(result.concept()));
    }
    if (!settings.method().needsProbe()) {
      List<String> notes = new ArrayList<>(report.getNotes());
      notes.add("no probe was fitted: neurons are ranked by " + settings.method().text());
      if (!settings.method().tellsLabelsApart()) {
        notes.add(settings.method().text() + " gives every label the same scores");
      }
      report.setNotes(notes);
    }
    return transfer(
        report.build(), outcome.transfer().get(result.concept()), transferFrom, started);
  }

  /** Tiers that complete the result; noise only where there is a probe. */
  private static List<String> toCome(FitResult result, ProbeProcessorSettings settings) {
    return settings.tiers().stream()
        .filter(Tier::isPatient)
        .filter(tier -> tier != Tier.NOISE || result instanceof FitResult.Fitted)
        .map(Tier::text)
        .toList();
  }

  /**
   * The same report with what the baseline's probe says.
   *
   * @param answers null, or of no words, where it was not applied
   */
  static ProbeReport transfer(
      ProbeReport report, Answers answers, String from, ExtractionStarted started) {
    boolean known = answers != null && answers.words().length > 0;
    ClassificationReport applied =
        (known ? answers : Answers.NONE).report(report.getLabels().size());
    List<LabelReport> labels = new ArrayList<>();
    for (int i = 0; i < report.getLabels().size(); i++) {
      labels.add(
          LabelReport.newBuilder(report.getLabels().get(i))
              .setTransferRight(known ? applied.right(i) : null)
              .setTransferSaid(known ? applied.said(i) : null)
              .build());
    }
    return ProbeReport.newBuilder(report)
        .setLabels(labels)
        .setTransferAccuracy(known ? applied.accuracy().getAsDouble() : null)
        .setTransferFrom(known ? from : "")
        .setTestGroups(transferred(report.getTestGroups(), known ? answers : null, started))
        .build();
  }

  /** Right answers by group; null where no word was answered. */
  private static TestGroups groups(Evaluation evaluation, ExtractionStarted started) {
    if (evaluation.answers().words().length == 0) {
      return null;
    }
    SentenceGroups sentences = StartedSentences.of(started);
    GroupedAnswers groups =
        GroupedAnswers.of(evaluation.answers(), sentences, evaluation.commonest());
    int[] counted =
        IntStream.range(0, evaluation.labels().size())
            .filter(label -> !evaluation.labels().get(label).rare())
            .toArray();
    AnswersByLabel byLabel = AnswersByLabel.of(evaluation.answers(), sentences, counted);
    return TestGroups.newBuilder()
        .setSentences(boxed(groups.sentences()))
        .setWords(boxed(groups.words()))
        .setRight(boxed(groups.right()))
        .setMajority(boxed(groups.majority()))
        .setLabelGroupSize(byLabel.groupSize())
        .setLabels(byLabel.labels().stream().map(ProbeRecords::answers).toList())
        .build();
  }

  private static LabelAnswers answers(AnswersByLabel.OfLabel of) {
    return LabelAnswers.newBuilder()
        .setLabel(of.label())
        .setPresent(boxed(of.present()))
        .setRight(boxed(of.right()))
        .setSaid(boxed(of.said()))
        .build();
  }

  /** The same with the answers of the baseline's probe, where it was applied. */
  private static TestGroups transferred(
      TestGroups groups, Answers answers, ExtractionStarted started) {
    if (groups == null) {
      return null;
    }
    if (answers == null) {
      return TestGroups.newBuilder(groups)
          .setTransferRight(List.of())
          .setLabels(
              groups.getLabels().stream()
                  .map(label -> transferred(label, List.of(), List.of()))
                  .toList())
          .build();
    }
    SentenceGroups sentences = StartedSentences.of(started);
    GroupedAnswers applied = GroupedAnswers.of(answers, sentences, -1);
    int[] counted = groups.getLabels().stream().mapToInt(LabelAnswers::getLabel).toArray();
    List<AnswersByLabel.OfLabel> byLabel = AnswersByLabel.of(answers, sentences, counted).labels();
    return TestGroups.newBuilder(groups)
        .setTransferRight(boxed(applied.right()))
        .setLabels(
            IntStream.range(0, counted.length)
                .mapToObj(
                    i ->
                        transferred(
                            groups.getLabels().get(i),
                            boxed(byLabel.get(i).right()),
                            boxed(byLabel.get(i).said())))
                .toList())
        .build();
  }

  private static LabelAnswers transferred(
      LabelAnswers of, List<Integer> right, List<Integer> said) {
    return LabelAnswers.newBuilder(of).setTransferRight(right).setTransferSaid(said).build();
  }

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static void fill(
      ProbeReport.Builder report, ExtractionStarted started, FitResult.Fitted fitted) {
    Evaluation evaluation = fitted.evaluation();
    Certificate certificate = fitted.certificate();
    report
        .setLabels(evaluation.labels().stream().map(ProbeRecords::label).toList())
        .setTrainWords(evaluation.trainWords())
        .setDevWords(evaluation.devWords())
        .setTestWords(evaluation.testWords())
        .setAccuracy(orNull(evaluation.accuracy()))
        .setDevAccuracy(orNull(evaluation.devAccuracy()))
        .setMacroF1(orNull(evaluation.macroF1()))
        .setMajority(orNull(evaluation.majority()))
        .setTestGroups(groups(evaluation, started))
        .setContributions(WeightCodec.encode(fitted.neurons().contributions()))
        .setEntryLevels(LevelCodec.encode(fitted.neurons().entryLevels()))
        .setCertificate(
            new FitCertificate(
                certificate.objective(),
                certificate.relativeStep(),
                certificate.evaluations(),
                certificate.converged(),
                Double.isFinite(certificate.gap()) ? certificate.gap() : null))
        .setNotes(notes(fitted));
  }

  private static List<String> notes(FitResult.Fitted fitted) {
    List<String> notes = new ArrayList<>();
    if (!fitted.certificate().converged()) {
      notes.add(
          "the fit ended after "
              + fitted.certificate().evaluations()
              + " evaluations before it had converged: raise salient.probe.max-evaluations");
    }
    List<String> rare =
        fitted.evaluation().labels().stream()
            .filter(LabelScore::rare)
            .map(LabelScore::label)
            .toList();
    if (!rare.isEmpty()) {
      notes.add(
          "too few train words for a part in the ranking over all labels: "
              + String.join(", ", rare));
    }
    return notes;
  }

  /** Nothing was fitted: no evaluations, and a note that says why. */
  private static void fill(
      ProbeReport.Builder report,
      ExtractionStarted started,
      FitResult.Unfittable unfittable,
      List<FitOutcome.LabelCount> counts) {
    List<String> labels =
        started.getConcepts().stream()
            .filter(concept -> concept.getName().equals(unfittable.concept()))
            .map(ConceptInfo::getLabels)
            .findFirst()
            .orElseThrow();
    List<LabelReport> reports = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      FitOutcome.LabelCount count = counts.get(i);
      reports.add(
          new LabelReport(
              labels.get(i),
              count.train(),
              count.dev(),
              count.test(),
              null,
              null,
              null,
              null,
              null));
    }
    report
        .setLabels(reports)
        .setTrainWords(counts.stream().mapToInt(FitOutcome.LabelCount::train).sum())
        .setDevWords(counts.stream().mapToInt(FitOutcome.LabelCount::dev).sum())
        .setTestWords(counts.stream().mapToInt(FitOutcome.LabelCount::test).sum())
        .setCertificate(new FitCertificate(0.0, 0.0, 0, false, null))
        .setNotes(List.of(message(unfittable)));
  }

  /** The message with the setting that decides, which the method itself does not know. */
  private static String message(FitResult.Unfittable unfittable) {
    String setting = "salient.probe.max-labels";
    return unfittable.reason() == FitResult.Reason.TOO_MANY_LABELS
            && !unfittable.message().contains(setting)
        ? unfittable.message() + ": raise " + setting
        : unfittable.message();
  }

  private static LabelReport label(LabelScore score) {
    return new LabelReport(
        score.label(),
        score.trainCount(),
        score.devCount(),
        score.testCount(),
        orNull(score.precision()),
        orNull(score.recall()),
        orNull(score.f1()),
        null,
        null);
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  static Provenance provenance(ExtractionStarted started, Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("split", started.getCorpus().getSplit().name().toLowerCase(Locale.ROOT));
    return Provenance.newBuilder(started.getProvenance()).setSettings(all).build();
  }
}

package io.salient.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.salient.ranking.view.RunResults;
import io.salient.schemas.avro.AblationPoint;
import io.salient.schemas.avro.AlarmState;
import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.Evaluations;
import io.salient.schemas.avro.LayerAccuracy;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.NeuronWords;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.RankingJudgement;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.schemas.avro.SetSize;
import io.salient.schemas.avro.Stage;
import io.salient.schemas.avro.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/** The page and its tables, from results that the real pipeline made. */
class RunReportTest {
  private static final String HOSTILE = "<script>alert(1)</script>\" onload='x' ]]> & \u0001\uD800";
  private static final String HARMLESS =
      "<script>alert(1)</script>\" onload='x' ]]> & \uFFFD\uFFFD";

  @TempDir Path folder;

  private final List<SpecificRecord> records = RecordedResults.read();

  @Test
  void shouldBeOneWellFormedPageThatLoadsAndRunsNothing() throws IOException {
    // when
    ReportPage page = written();

    // then
    for (Element element : page.all("*")) {
      assertThat(element.getTagName())
          .isNotIn("script", "link", "img", "iframe", "object", "embed", "base", "form", "image");
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        Attr attribute = (Attr) element.getAttributes().item(i);
        assertThat(attribute.getName()).doesNotStartWith("on").isNotEqualTo("src");
        if (attribute.getName().endsWith("href")) {
          assertThat(attribute.getValue()).startsWith("#");
        }
        assertThat(attribute.getValue().replace("url(#hatch)", "")).doesNotContain("url(");
      }
    }
    assertThat(page.all("style").getFirst().getTextContent())
        .doesNotContain("url(", "@import", "http");
    assertThat(page.all("meta").get(1).getAttribute("content")).startsWith("default-src 'none'");
  }

  @Test
  void shouldLinkToPlacesThatThereAreAndNameThemOnce() throws IOException {
    // when
    ReportPage page = written();

    // then
    List<String> ids =
        page.all("*").stream().map(e -> e.getAttribute("id")).filter(id -> !id.isEmpty()).toList();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(page.all("a"))
        .isNotEmpty()
        .allSatisfy(a -> assertThat(ids).contains(a.getAttribute("href").substring(1)));
  }

  @Test
  void shouldNameTheFolderThatCannotBeWritten() throws IOException {
    // given: something else has the page's place
    Files.createDirectories(folder.resolve("report.html"));

    // when, then
    assertThatThrownBy(this::written)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder + " holds only a part of the report: ");
  }

  @Test
  void shouldShowHostileWordsAndLabelsAsText() throws IOException {
    // given
    neurons(
        ranked -> {
          ranked.getReport().getLabels().getFirst().setLabel(HOSTILE);
          ranked.getPerLabel().getFirst().setLabel(HOSTILE);
          ranked.getReport().setNotes(List.of(HOSTILE));
          ranked.getReport().getProvenance().setCorpus(HOSTILE);
          NeuronWords first = ranked.getReport().getEvaluations().getTopWords().getFirst();
          first.getWords().getFirst().setWord(HOSTILE);
          first.getSentences().getFirst().getWords().set(0, HOSTILE);
        });

    // when
    ReportPage page = written();

    // then
    assertThat(page.all("script")).isEmpty();
    assertThat(page.all("bdi").stream().map(Element::getTextContent)).contains(HARMLESS);
    assertThat(page.text()).contains(HARMLESS);
    assertThat(page.all("*"))
        .noneMatch(element -> element.hasAttribute("onload") || element.hasAttribute("onerror"));
  }

  @Test
  void shouldDrawTheNumbersOfTheAblationTable() throws IOException {
    // when
    ReportPage page = written();

    // then
    List<Map<String, String>> rows = csv("ablation.csv");
    Element drawing = page.drawing("Ablation at step 240");
    DrawnLines lines = DrawnLines.of(drawing);
    List<String> columns = List.of("top", "random", "bottom");
    List<Map<String, String>> drawn =
        rows.stream()
            .filter(r -> r.get("concept").equals("misc:Sem"))
            .filter(r -> r.get("step").equals("240"))
            .toList();
    assertThat(drawn).hasSize(6);
    for (int line = 0; line < columns.size(); line++) {
      List<Double> heights = lines.heights(columns.size() - 1 - line); // the first is on top
      assertThat(heights).hasSameSizeAs(drawn);
      for (int point = 0; point < drawn.size(); point++) {
        double accuracy = Double.parseDouble(drawn.get(point).get(columns.get(line)));
        assertThat(heights.get(point)).isCloseTo(100 * accuracy, within(0.1));
      }
    }
  }

  @Test
  void shouldDrawRhoWithItsLimits() throws IOException {
    // when
    ReportPage page = written();

    // then
    List<Map<String, String>> drifts =
        csv("drift.csv").stream()
            .filter(row -> row.get("concept").equals("misc:Sem"))
            .filter(row -> row.get("against").equals("baseline"))
            .toList();
    DrawnLines lines = DrawnLines.of(page.drawing("Agreement beyond noise"));
    List<String> columns = List.of("rho_upper", "rho_lower", "rho"); // the first is on top
    for (int line = 0; line < columns.size(); line++) {
      assertThat(lines.heights(line)).hasSameSizeAs(drifts).hasSize(2);
      for (int i = 0; i < drifts.size(); i++) {
        double value = Double.parseDouble(drifts.get(i).get(columns.get(line)));
        assertThat(lines.heights(line).get(i)).isCloseTo(value, within(5e-3));
      }
    }
    assertThat(lines.bandLow()).isCloseTo(.9, within(5e-3));
    assertThat(lines.bandHigh()).isCloseTo(1, within(5e-3));
  }

  @Test
  void shouldMarkTheStepThatOthersAreComparedWith() throws IOException {
    // given: none is announced as the baseline, so it is the lowest
    written();
    assertThat(baselines()).containsOnly("0");

    // when: one is
    neurons(ranked -> ranked.setBaseline(ranked.getStep() == 60));
    written();

    // then
    assertThat(baselines()).containsOnly("60");
  }

  /** Steps whose row says that they are the baseline, one per concept. */
  private List<String> baselines() throws IOException {
    List<String> steps =
        csv("steps.csv").stream()
            .filter(row -> row.get("baseline").equals("true"))
            .map(row -> row.get("step"))
            .toList();
    assertThat(steps).hasSize(2);
    return steps;
  }

  @Test
  void shouldSayHowTheWeightsWereRead() throws IOException {
    // given
    neurons(
        ranked ->
            ranked
                .getReport()
                .getProvenance()
                .setWeights(Map.of("dtype", "bfloat16", "baseModel", HOSTILE)));

    // when
    ReportPage page = written();

    // then
    assertThat(page.text()).contains("weights: dtype", "bfloat16", "weights: baseModel", HARMLESS);
    assertThat(csv("settings.csv"))
        .anySatisfy(
            row ->
                assertThat(row)
                    .containsEntry("name", "weights.dtype")
                    .containsEntry("value", "bfloat16"));
  }

  @Test
  void shouldSayHowFarAnotherHalfOfTheCorpusFindsTheList() throws IOException {
    // given
    neurons(
        ranked -> {
          ranked.getReport().setMethod("contribution");
          ranked.setReproducibility(ranked.getStep() == 240 ? 0.583 : null);
          ranked.setReproducibilityReason(ranked.getStep() == 240 ? "" : "noise was left out");
        });

    // when
    ReportPage page = written();

    // then
    assertThat(page.text())
        .contains("Neurons are ranked by contribution.")
        .contains("Another half of the corpus finds 0.58 of the list of step 240");
    assertThat(csv("steps.csv"))
        .allSatisfy(row -> assertThat(row).containsEntry("method", "contribution"))
        .anySatisfy(row -> assertThat(row).containsEntry("reproducibility", "0.583"))
        .anySatisfy(
            row -> assertThat(row).containsEntry("reproducibility_reason", "noise was left out"));
  }

  @Test
  void shouldShowTheFindingsOfThePaperByItsOwnRule() throws IOException {
    // given: contribution ranks, and lca keeps 20 % too
    neurons(
        ranked -> {
          ranked.getReport().setMethod("contribution");
          ranked
              .getReport()
              .getEvaluations()
              .setLcaAblation(List.of(new AblationPoint(0.2, 6, 0.4321, 0.3, 0.2)));
        });

    // when
    ReportPage page = written();

    // then
    assertThat(page.text()).contains("20 % kept by the paper's rule (lca): most salient 43.2");
    assertThat(csv("ablation.csv"))
        .anySatisfy(
            row -> assertThat(row).containsEntry("method", "lca").containsEntry("top", "0.4321"))
        .anySatisfy(row -> assertThat(row).containsEntry("method", "contribution"));
  }

  @Test
  void shouldShowWhatDependsOnTheRankingByTheRunThatThePapersRuleRanked() throws IOException {
    // given: the same checkpoints by lca, with a minimal set of 2 of 480 neurons
    neurons(
        ranked -> {
          ranked.getReport().setMethod("lca");
          ranked.getReport().getEvaluations().getMinimalSet().setSize(2);
        });
    RunResults byPaper = RunResults.of(RecordedResults.RUN, records);
    neurons(
        ranked -> {
          ranked.getReport().setMethod("contribution");
          ranked.getReport().getEvaluations().getMinimalSet().setSize(7);
        });
    RunResults results = RunResults.of(RecordedResults.RUN, records);

    // when
    String with = ReportPage.read(RunReport.write(results, byPaper, folder)).text();
    String without = ReportPage.read(RunReport.write(results, folder)).text();

    // then
    assertThat(with)
        .contains("by the paper's rule (lca): 2 neurons, 0.4", "by the paper's rule (lca): mean")
        .doesNotContain("shown with --lca-run");
    assertThat(without)
        .contains("7 neurons, 1.5", "here contribution", "shown with --lca-run")
        .doesNotContain("by the paper's rule (lca): ");
  }

  @Test
  void shouldRefuseFindingsOfAnotherRuleOrOfOtherCheckpoints() {
    // given
    neurons(ranked -> ranked.getReport().setMethod("contribution"));
    RunResults results = RunResults.of(RecordedResults.RUN, records);
    neurons(
        ranked -> {
          ranked.getReport().setMethod("lca");
          ranked.setCheckpointId("another");
        });
    RunResults other = RunResults.of(RecordedResults.RUN, records);

    // when, then
    assertThatThrownBy(() -> RunReport.write(results, results, folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is ranked by contribution, not by lca: rank it with --method lca");
    assertThatThrownBy(() -> RunReport.write(results, other, folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ends with another checkpoint (step 240, another)");
  }

  @Test
  void shouldWriteEveryNumberOfTheResultsUnrounded() throws IOException {
    // when
    written();

    // then
    List<SalientNeurons> ranked = all(SalientNeurons.class).toList();
    assertThat(ranked).hasSize(6);
    assertThat(csv("steps.csv")).hasSameSizeAs(ranked);
    for (SalientNeurons one : ranked) {
      Map<String, String> row =
          csv("steps.csv").stream()
              .filter(r -> r.get("concept").equals(one.getConcept()))
              .filter(r -> r.get("step").equals(Long.toString(one.getStep())))
              .findFirst()
              .orElseThrow();
      ProbeReport report = one.getReport();
      assertThat(row)
          .containsEntry("accuracy", report.getAccuracy().toString())
          .containsEntry(
              "selectivity", Double.toString(report.getEvaluations().getSelectivity().getMean()))
          .containsEntry("mean_layer", Double.toString(one.getMeanLayer()));
    }
    assertThat(csv("labels.csv"))
        .hasSize(ranked.stream().mapToInt(r -> r.getReport().getLabels().size()).sum());
    assertThat(csv("neurons.csv")).hasSize(6 * 30);
    assertThat(csv("layers.csv"))
        .hasSize(ranked.stream().mapToInt(r -> r.getReport().getLayers()).sum());
    assertThat(csv("top_words.csv").stream().map(row -> row.get("word"))).contains("the");
    assertThat(csv("sentences.csv")).isNotEmpty();
    assertThat(csv("drift.csv")).hasSize((int) all(NeuronDrift.class).count());
    assertThat(csv("label_drift.csv")).isNotEmpty();
    assertThat(csv("minimal_sets.csv").stream().map(row -> row.get("set"))).contains("1");
    assertThat(csv("settings.csv").stream().map(row -> row.get("name"))).contains("l1", "corpus");
  }

  @Test
  void shouldShowTheSizesThatWereTriedAndControlsOnSeenTypes() throws IOException {
    // given
    neurons(
        ranked -> {
          Evaluations evaluations = ranked.getReport().getEvaluations();
          evaluations.getSelectivity().setSeenWords(77);
          evaluations.getSelectivity().setSeenAccuracy(0.912);
          evaluations.getSelectivity().setSeenControl(0.734);
          evaluations.getMinimalSet().setLossBound(0.0061);
          evaluations
              .getMinimalSet()
              .setGrid(
                  List.of(
                      new SetSize(11, 0.801, 0.807, 0.0213, 0.795),
                      new SetSize(16, 0.813, 0.813, 0.0061, null)));
        });

    // when
    ReportPage page = written();

    // then
    assertThat(page.text()).contains("73.4\u00a0%", "Sizes tried at step", "80.7\u00a0%", "+2.1");
    assertThat(csv("minimal_set_sizes.csv").getFirst())
        .containsEntry("neurons", "11")
        .containsEntry("dev_accuracy", "0.801")
        .containsEntry("smoothed_accuracy", "0.807")
        .containsEntry("loss_bound", "0.0213")
        .containsEntry("test_accuracy", "0.795");
    assertThat(csv("minimal_sets.csv").getFirst()).containsEntry("loss_bound", "0.0061");
    assertThat(csv("steps.csv").getFirst())
        .containsEntry("seen_words", "77")
        .containsEntry("seen_accuracy", "0.912")
        .containsEntry("seen_control_accuracy", "0.734");
  }

  @Test
  void shouldShowAnAlarmAndADriftBetweenOtherLayers() throws IOException {
    // given: the last step's alarm, of a checkpoint whose neurons have no counterpart
    drifts(drift -> drift.setK(0));
    NeuronDrift last =
        all(NeuronDrift.class).max(Comparator.comparingLong(NeuronDrift::getStep)).orElseThrow();
    DriftAlarm alarm = new DriftAlarm();
    alarm.setRun(last.getRun());
    alarm.setConcept(last.getConcept());
    alarm.setState(AlarmState.RAISED);
    alarm.setStep(last.getStep());
    alarm.setSteps(List.of(last.getStep()));
    alarm.setVerdict(last.getVerdict());
    records.add(alarm);

    // when
    ReportPage page = written();

    // then
    assertThat(page.text())
        .contains("Alarm at step " + last.getStep() + ": the ranking moved from the baseline")
        .contains("(alarm)");
    assertThat(csv("drift.csv"))
        .isNotEmpty()
        .allSatisfy(
            row ->
                assertThat(row).containsEntry("jaccard", "").containsEntry("layer_distance", ""));
  }

  @Test
  void shouldSayThatEvaluationsWereNotAskedFor() throws IOException {
    // given
    neurons(
        ranked -> {
          ranked.getReport().getEvaluations().setSelectivity(null);
          ranked.getReport().getEvaluations().setAblation(List.of());
          ranked.getReport().getEvaluations().setMinimalSet(null);
          ranked.getReport().getEvaluations().setLayerwise(List.of());
          ranked.getReport().getEvaluations().setTopWords(List.of());
          ranked.getReport().getProvenance().getSettings().put("evaluations", "counts");
        });

    // when
    ReportPage page = written();

    // then
    for (String what :
        List.of("Ablation curves: ", "Minimal set at step 240: ", "Top words at step 240: ")) {
      assertThat(page.text())
          .contains(what + "it was not asked for; --evaluations full asks for it");
    }
    assertThat(page.text()).contains("Selectivity is not measured at step 0: it was not asked for");
    assertSound(page);
    assertThat(csv("ablation.csv")).isEmpty();
  }

  @Test
  void shouldSayWhyThereIsNoMinimalSet() throws IOException {
    // given
    neurons(
        ranked -> {
          ranked.getReport().getEvaluations().setMinimalSet(null);
          ranked.getReport().setNotes(List.of("no minimal set: not better than the majority"));
        });

    // when
    ReportPage page = written();

    // then
    assertThat(page.text())
        .contains("Minimal set at step 240: no minimal set: not better than the majority");
    assertSound(page);
  }

  @Test
  void shouldSayWhyThereIsNoVerdictWithoutHalves() throws IOException {
    // given
    drifts(
        drift -> {
          drift.setJudgement(RankingJudgement.newBuilder().setReason("no-halves").build());
          drift.setPlace(null);
          drift.setVerdict(Verdict.NONE);
          drift.setVerdictReason("no halves were fitted: salient.probe.splits is 0");
          drift.setLabelDrifts(List.of());
        });

    // when
    ReportPage page = written();

    // then
    assertThat(page.text())
        .contains("Drift beside its noise: no halves were fitted: salient.probe.splits is 0.")
        .contains("No verdict: no halves");
    assertThat(page.drawing("Similarity of rankings over training steps")).isNotNull();
    assertSound(page);
  }

  @Test
  void shouldShowResultsOfAVersionThatJudgedOtherwise() throws IOException {
    // given
    drifts(
        drift -> {
          drift.setJudgement(null);
          drift.setPlace(null);
          drift.setKnowledge(null);
          drift.setVerdict(Verdict.REORDERED);
          drift.setVerdictReason("");
          drift.getLabelDrifts().forEach(label -> label.setJudgement(null));
        });

    // when
    ReportPage page = written();

    // then
    assertThat(page.text()).contains("Verdict at step 240: reordered");
    assertSound(page);
  }

  @Test
  void shouldDrawNoLimitsWhereOneSplitHasNoSpread() throws IOException {
    // given
    drifts(
        drift -> {
          drift.getJudgement().setLower(null);
          drift.getJudgement().setUpper(null);
          drift.getJudgement().setSplits(1);
          drift.setVerdict(Verdict.UNDECIDED);
          drift.setVerdictReason("one split has no spread");
        });

    // when
    ReportPage page = written();

    // then: rho is the only line
    assertThat(DrawnLines.of(page.drawing("Agreement beyond noise")).heights(0))
        .hasSize(2)
        .doesNotContainNull();
    assertThat(page.text()).contains("Undecided: one split has no spread");
    assertSound(page);
  }

  @Test
  void shouldLeaveDashesWhereNumbersAreMissing() throws IOException {
    // given: no test words, nothing ranked at one step
    neurons(
        ranked -> {
          ProbeReport report = ranked.getReport();
          report.setAccuracy(null);
          report.setMajority(null);
          report.setMacroF1(Double.NaN);
          report.setTransferAccuracy(null);
          report.getLabels().forEach(label -> label.setF1(null));
          report.getEvaluations().setSelectivity(null);
          report.getEvaluations().setAblation(List.<AblationPoint>of());
          report.getEvaluations().setLayerwise(List.of(new LayerAccuracy(0, null)));
          if (ranked.getStep() == 240) {
            ranked.setMeanLayer(Double.NaN);
            ranked.setRanking(List.of());
          }
        });

    // when
    ReportPage page = written();

    // then
    assertThat(page.text()).contains("Accuracy over training: there are no test words.");
    assertSound(page);
    assertThat(csv("steps.csv")).allSatisfy(row -> assertThat(row.get("macro_f1")).isEmpty());
  }

  @Test
  void shouldSayWhatIsPartial() throws IOException {
    // given
    neurons(
        ranked -> {
          if (ranked.getStep() == 240) {
            ranked.getReport().setFinal$(false);
            ranked.getReport().setCoverage(0.25f);
            ranked.getReport().setEvaluations(null);
          }
        });
    records.add(
        RunStatus.newBuilder()
            .setRun(RecordedResults.RUN)
            .setStep(300)
            .setStage(Stage.FAILED)
            .setMessage("model.safetensors ends too early")
            .setAt(Instant.EPOCH)
            .build());

    // when
    ReportPage page = written();

    // then
    assertThat(page.text())
        .contains("These results are partial.")
        .contains("Step 300 has no result: model.safetensors ends too early")
        .contains("Step 240, upos: provisional, fitted on 25 % of the words.")
        .contains("240 (partial)")
        .contains("only final probes are evaluated, and this one is provisional");
    assertSound(page);
  }

  @Test
  void shouldDoWithOneCheckpoint() throws IOException {
    // given
    records.removeIf(
        one ->
            one instanceof NeuronDrift
                || (one instanceof SalientNeurons ranked && ranked.getStep() > 0)
                || (one instanceof RunStatus status && status.getStep() > 0));

    // when
    ReportPage page = written();

    // then
    assertThat(page.text()).contains("Drift: there is no second ranked checkpoint");
    assertThat(page.text()).doesNotContain("These results are partial.");
    assertSound(page);
  }

  @Test
  void shouldSayThatTheEvaluationIsStillToCome() throws IOException {
    // given
    neurons(
        ranked -> {
          ranked.getReport().setEvaluations(null);
          ranked.getReport().setTiers(List.of("noise", "evaluation"));
        });

    // when
    ReportPage page = written();

    // then
    assertThat(page.text()).contains("not yet: the evaluation of this checkpoint is still to come");
    assertSound(page);
  }

  @Test
  void shouldTakeEvaluationsThatAreRecordsOfTheirOwn() throws IOException {
    // given: what is in the reports comes on its own
    List<SpecificRecord> evaluations = new ArrayList<>();
    neurons(
        ranked -> {
          evaluations.add(
              ProbeEvaluation.newBuilder()
                  .setRun(ranked.getRun())
                  .setStep(ranked.getStep())
                  .setCheckpointId(ranked.getCheckpointId())
                  .setConcept(ranked.getConcept())
                  .setEvaluations(ranked.getReport().getEvaluations())
                  .setProvenance(ranked.getReport().getProvenance())
                  .setAnnouncedAt(ranked.getReport().getAnnouncedAt())
                  .build());
          ranked.getReport().setEvaluations(null);
          ranked.getReport().setTiers(List.of("evaluation"));
        });
    records.addAll(0, evaluations);

    // when
    ReportPage page = written();

    // then
    assertThat(csv("top_words.csv").stream().map(row -> row.get("word"))).contains("the");
    assertThat(page.text()).doesNotContain("not yet:");
  }

  @Test
  void shouldSayThatAMethodHasNoProbe() throws IOException {
    // given
    neurons(
        ranked -> {
          ranked.getReport().setMethod("probeless");
          ranked.getReport().setEvaluations(null);
          ranked.getReport().setAccuracy(null);
        });

    // when
    ReportPage page = written();

    // then
    assertThat(page.text()).contains("no probe was fitted, so there is nothing to evaluate");
    assertSound(page);
  }

  @Test
  void shouldSayWhenAComparisonIsMissing() throws IOException {
    // given
    records.removeIf(one -> one instanceof NeuronDrift drift && drift.getStep() == 60);

    // when
    RunResults results = RunResults.of(RecordedResults.RUN, records);

    // then
    assertThat(results.areCompared()).isFalse();
    assertThat(written().text()).contains("Step 60, upos: there is no comparison");
  }

  @Test
  void shouldRefuseARunWithoutResults() {
    assertThatThrownBy(() -> RunReport.write(RunResults.of("other", records), folder))
        .hasMessageContaining("run other has no result");
  }

  @Test
  void shouldDescribeEveryFileAndColumn() throws IOException {
    // given
    written();

    // when
    String guide = Files.readString(Path.of("../docs/report.md"));

    // then
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".csv")).toList()) {
        String name = file.getFileName().toString();
        assertThat(guide).contains("### `" + name + "`");
        String part = guide.substring(guide.indexOf("### `" + name + "`") + 4).split("\n#", 2)[0];
        for (String column : Files.readAllLines(file).getFirst().split(",", -1)) {
          assertThat(part).as(name).contains("`" + column + "`");
        }
      }
    }
  }

  /** Well-formed was checked by the parser; nothing unknown got through as a word. */
  private static void assertSound(ReportPage page) {
    assertThat(page.text()).doesNotContain("NaN", "Infinity").doesNotContainPattern("\\bnull %");
    for (Element element : page.all("*")) {
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        assertThat(element.getAttributes().item(i).getNodeValue())
            .doesNotContain("NaN", "Infinity", "null");
      }
    }
  }

  private ReportPage written() throws IOException {
    return ReportPage.read(RunReport.write(RunResults.of(RecordedResults.RUN, records), folder));
  }

  private <T> Stream<T> all(Class<T> type) {
    return records.stream().filter(type::isInstance).map(type::cast);
  }

  private void neurons(Consumer<SalientNeurons> change) {
    all(SalientNeurons.class).forEach(change);
  }

  private void drifts(Consumer<NeuronDrift> change) {
    all(NeuronDrift.class).forEach(change);
  }

  private List<Map<String, String>> csv(String file) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(file));
    String[] columns = lines.getFirst().split(",", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
      assertThat(cells).as("%s: %s", file, line).hasSameSizeAs(columns);
      Map<String, String> row = new TreeMap<>();
      for (int i = 0; i < columns.length; i++) {
        row.put(columns[i], cells[i]);
      }
      rows.add(row);
    }
    return rows;
  }
}

package io.salient.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.salient.ranking.view.ClustersView;
import io.salient.ranking.view.CompareView;
import io.salient.ranking.view.RankView;
import io.salient.ranking.view.SeedsView;
import io.salient.ranking.view.TuneView;
import io.salient.schemas.avro.LambdaCell;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.standalone.report.RecordedResults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Answers as people and programs get them, of results that the real pipeline made. */
class OutputTest {
  private final List<SpecificRecord> records = RecordedResults.read();

  @Test
  void shouldPrintARankingInEachFormat() throws IOException {
    // given
    SalientNeurons neurons = last(SalientNeurons.class);
    neurons.setReproducibility(0.75);
    RankView view = RankView.of(List.of(neurons), 3);

    // when
    List<String> csv = lines(out -> RankOutput.print(view, OutputFormat.CSV, out));
    List<String> table = lines(out -> RankOutput.print(view, OutputFormat.TABLE, out));
    JsonNode json = json(out -> RankOutput.print(view, OutputFormat.JSON, out));

    // then
    assertThat(csv)
        .hasSize(4)
        .startsWith("run,step,concept,rank,layer,unit,score,method,reproducibility");
    assertThat(csv.get(1))
        .startsWith("demo,%d,upos,1,".formatted(neurons.getStep()))
        .endsWith(",lca,0.75");
    JsonNode first = json.at("/concepts/0/ranking/0");
    assertThat(csv.get(1))
        .contains(
            "1,%s,%s,%s".formatted(first.get("layer"), first.get("unit"), first.get("score")));
    assertThat(json.at("/concepts/0/ranking")).hasSize(3);
    assertThat(table)
        .anyMatch(line -> line.startsWith("demo, step %d (".formatted(neurons.getStep())))
        .anyMatch(line -> line.startsWith("selectivity "))
        .anyMatch(line -> line.startsWith("minimal set: "))
        .contains("another half of the corpus finds 0.75 of this list")
        .anyMatch(line -> line.matches(" *rank +layer +unit +score"));
  }

  @Test
  void shouldPrintAComparisonInEachFormat() throws IOException {
    // given
    CompareView view = CompareView.of(last(NeuronDrift.class));

    // when
    List<String> csv = lines(out -> CompareOutput.print(List.of(view), OutputFormat.CSV, out));
    List<String> table = lines(out -> CompareOutput.print(List.of(view), OutputFormat.TABLE, out));
    JsonNode json = json(out -> CompareOutput.print(List.of(view), OutputFormat.JSON, out));

    // then
    assertThat(csv)
        .hasSize(2)
        .startsWith(
            "concept,top,jaccard,rbo,spearman,meanLayerShift,wasserstein,accuracyA,accuracyB,"
                + "transferAccuracy,reproducibilityA,reproducibilityB,rho,rhoLower,rhoUpper,place,"
                + "lost,verdict");
    assertThat(csv.get(1)).contains(json.at("/0/jaccard").asText(), json.at("/0/rbo").asText());
    assertThat(table)
        .anyMatch(line -> line.contains("entered: "))
        .anyMatch(line -> line.contains("left: "))
        .anyMatch(line -> line.contains("; another half finds 0."));
  }

  @Test
  void shouldSayUnknownWhereTheTwoHaveOtherLayers() {
    // given
    NeuronDrift drift = last(NeuronDrift.class);
    drift.setK(0);
    drift.setAccuracyBefore(null);
    drift.setRelative(
        new io.salient.schemas.avro.RelativeLayers(List.of(1, 2), List.of(1, 1, 1), 0.5, 0.6, 0.1));

    // when
    List<CompareView> views = List.of(CompareView.of(drift));
    List<String> csv = lines(out -> CompareOutput.print(views, OutputFormat.CSV, out));
    List<String> table = lines(out -> CompareOutput.print(views, OutputFormat.TABLE, out));

    // then
    assertThat(csv.get(1)).contains(",0,,,,,,,");
    assertThat(table.get(1)).contains("unknown   unknown");
    assertThat(table)
        .anyMatch(
            line ->
                line.contains(
                    "mean relative layer 0.500 of 2 layers and 0.600 of 3, Wasserstein 0.100"))
        .noneMatch(line -> line.contains("entered"));
  }

  @Test
  void shouldPrintWhatSeedsHaveInCommon() {
    // given: one concept with limits, one without
    SeedsView known =
        new SeedsView(
            "upos",
            "id",
            0.5,
            List.of(
                new SeedsView.Run("a", 40, "ida", 0.25, 0.125),
                new SeedsView.Run("b", 40, "idb", null, null)),
            5,
            50,
            0.75,
            new SeedsView.Estimate(0.8125, 0.75, 0.875),
            new SeedsView.Estimate(0.9375, null, null),
            null);
    SeedsView unknown =
        new SeedsView("xpos", "id", null, known.runs(), 0, 0, null, null, null, "too few, alas");

    // when
    List<SeedsView> views = List.of(known, unknown);
    List<String> csv = lines(out -> SeedsOutput.print(views, OutputFormat.CSV, out));
    List<String> table = lines(out -> SeedsOutput.print(views, OutputFormat.TABLE, out));

    // then
    assertThat(csv)
        .containsExactly(
            "concept,runs,step,splits,k,reproducibility,acrossRuns,rhoTrain,rhoTrainLower,"
                + "rhoTrainUpper,rhoSeed,rhoSeedLower,rhoSeedUpper,reason",
            "upos,2,40,5,50,0.5,0.75,0.8125,0.75,0.875,0.9375,,,",
            "xpos,2,40,0,0,,,,,,,,,\"too few, alas\"");
    assertThat(table)
        .anyMatch(
            line -> line.matches(" *upos .* 0\\.81[23] +0\\.750 to 0\\.875 +0\\.93[78] +unknown"))
        .contains(
            "upos: another half of the corpus finds 0.500 of the baseline's list, 0.250 of a's,"
                + " unknown of b's",
            "xpos: too few, alas");
  }

  @Test
  void shouldPrintClusters() {
    // given
    ClustersView.Place first = new ClustersView.Place(0, 1);
    ClustersView.Place second = new ClustersView.Place(2, 3);
    ClustersView view =
        new ClustersView(
            "run",
            7,
            "id",
            "words.conllu",
            0.5,
            90,
            List.of(
                new ClustersView.Cluster(1, List.of(first, second), second),
                new ClustersView.Cluster(2, List.of(new ClustersView.Place(1, 1)), first)),
            "",
            0.5);

    // when
    List<String> csv = lines(out -> ClustersOutput.print(view, OutputFormat.CSV, out));
    List<String> table = lines(out -> ClustersOutput.print(view, OutputFormat.TABLE, out));

    // then
    assertThat(csv)
        .containsExactly(
            "cluster,layer,unit,representative", "1,0,1,false", "1,2,3,true", "2,1,1,false");
    assertThat(table.getFirst())
        .isEqualTo(
            "run, step 7: 3 neurons over 90 words of words.conllu: 2 clusters at threshold 0.5, 1"
                + " of them of one neuron");
    assertThat(table.getLast()).contains("2:3", "0:1 2:3");
  }

  @Test
  void shouldPrintPenaltiesByTheirScore() {
    // given
    SalientNeurons neurons = last(SalientNeurons.class);
    neurons
        .getReport()
        .setLambdaSearch(
            List.of(
                new LambdaCell(0.0, 1e-3, 0.9, 0.8, 0.2, 0.25, 12, true, 0.5),
                new LambdaCell(1e-5, 0.0, 0.75, 0.8, 0.2, 0.5, 15, false, 1.5)));

    // when
    List<TuneView> views = List.of(TuneView.of(neurons));
    List<String> csv = lines(out -> TuneOutput.print(views, OutputFormat.CSV, out));
    List<String> table = lines(out -> TuneOutput.print(views, OutputFormat.TABLE, out));
    neurons.getReport().setLambdaSearch(List.of());
    List<String> none =
        lines(out -> TuneOutput.print(List.of(TuneView.of(neurons)), OutputFormat.TABLE, out));

    // then
    assertThat(csv)
        .containsExactly(
            "concept,l1,l2,score,accuracy,top,bottom,evaluations,converged,seconds",
            "upos,1.0E-5,0.0,0.5,0.75,0.8,0.2,15,false,1.5",
            "upos,0.0,0.001,0.25,0.9,0.8,0.2,12,true,0.5");
    assertThat(table)
        .contains("upos: best are --l1 1e-05 --l2 0 (score 0.5000), 2.0 s of fits")
        .anyMatch(line -> line.endsWith("15 (not converged)"));
    assertThat(none).contains("upos: no probe, or no dev words to measure it on");
  }

  private <T> T last(Class<T> type) {
    List<T> all = new ArrayList<>();
    records.stream().filter(type::isInstance).map(type::cast).forEach(all::add);
    return all.getLast();
  }

  private static String printed(Consumer<PrintStream> answer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    answer.accept(new PrintStream(bytes, true, UTF_8));
    return bytes.toString(UTF_8);
  }

  private static List<String> lines(Consumer<PrintStream> answer) {
    return printed(answer).lines().toList();
  }

  private static JsonNode json(Consumer<PrintStream> answer) throws IOException {
    return new ObjectMapper().readTree(printed(answer));
  }
}

package io.salient.ranking.view;

import io.salient.ranking.Probes;
import io.salient.ranking.topology.RankingDriver;
import io.salient.schemas.avro.AblationPoint;
import io.salient.schemas.avro.DisjointSet;
import io.salient.schemas.avro.EvaluationCost;
import io.salient.schemas.avro.Evaluations;
import io.salient.schemas.avro.FiringSentence;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.LayerAccuracy;
import io.salient.schemas.avro.MinimalSetReport;
import io.salient.schemas.avro.NeuronWords;
import io.salient.schemas.avro.SelectivityReport;
import io.salient.schemas.avro.SetSize;
import io.salient.schemas.avro.TopWord;
import java.util.Arrays;
import java.util.List;

/** A fit that was put to everything; all of its labels share neuron (1, 2). */
final class EvaluatedProbe {
  private EvaluatedProbe() {}

  static void send(RankingDriver driver, Probes fit) {
    for (int label = 0; label < Probes.LABELS.size(); label++) {
      float[] weights = new float[Probes.WIDTH];
      weights[6] = 1;
      driver.send(fit.key(), fit.classProbe(label, weights));
    }
    List<LabelReport> labels =
        Probes.LABELS.stream()
            .map(
                label -> LabelReport.newBuilder(Probes.label(label, 30)).setPrecision(0.75).build())
            .toList();
    driver.send(
        fit.key(),
        fit.reportBuilder()
            .setLabels(labels)
            .setEvaluations(evaluations())
            .setEvaluationCosts(List.of(new EvaluationCost("masking", 0.25)))
            .build());
  }

  private static Evaluations evaluations() {
    return Evaluations.newBuilder()
        .setSelectivity(new SelectivityReport(0.88, 0.5, 0.38, 0.3, 0.46, 3, 90, 0.9, 0.6))
        .setAblation(List.of(new AblationPoint(0.2, 2, 0.8, 0.5, 0.2)))
        .setMinimalSet(
            MinimalSetReport.newBuilder()
                .setSize(3)
                .setDelta(0.01)
                .setRelative(false)
                .setDevAccuracy(0.87)
                .setTestAccuracy(0.86)
                .setRandomAccuracy(0.7)
                .setBottomAccuracy(0.6)
                .setLayerHistogram(List.of(0, 1, 2))
                .setMeanLayer(1.5)
                .setLayerEntropy(0.9)
                .setLossBound(0.009)
                .setGrid(List.of(new SetSize(3, 0.87, 0.865, 0.009, 0.86)))
                .setDisjoint(List.of(new DisjointSet(5, 0.86, null)))
                .build())
        .setLayerwise(List.of(new LayerAccuracy(0, 0.7), new LayerAccuracy(1, null)))
        .setTopWords(
            List.of(
                new NeuronWords(
                    1,
                    2,
                    List.of(new TopWord("cat", 2.5, 3)),
                    List.of(
                        new FiringSentence(
                            4, 40, List.of("a", "cat"), Arrays.asList(null, 2.5f))))))
        .build();
  }
}

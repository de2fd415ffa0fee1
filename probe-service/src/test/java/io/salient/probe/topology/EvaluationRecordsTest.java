package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.LayerMap;
import io.salient.lca.evaluation.AblationPoint;
import io.salient.lca.evaluation.Findings;
import io.salient.lca.evaluation.MinimalSet;
import io.salient.lca.evaluation.NeuronWords;
import io.salient.schemas.AvroSerde;
import io.salient.schemas.avro.Evaluations;
import io.salient.schemas.avro.LayerAccuracy;
import io.salient.schemas.avro.SetSize;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationRecordsTest {
  private static final LayerMap LAYERS = new LayerMap(13, 768);

  /** F20: 100 neurons with three sentences of 60 long words would be over a megabyte. */
  @Test
  void shouldCutTopWordsThatWouldNotFitARecord() {
    // given
    String word = "x".repeat(63);
    NeuronWords.Sentence sentence =
        new NeuronWords.Sentence(7, 90, Collections.nCopies(60, word), new float[60]);
    List<NeuronWords> neurons =
        IntStream.range(0, 100)
            .mapToObj(
                neuron ->
                    new NeuronWords(
                        neuron,
                        Collections.nCopies(10, new NeuronWords.Word(word, 1.5, 3)),
                        Collections.nCopies(3, sentence)))
            .toList();

    // when
    Evaluations evaluations = EvaluationRecords.of(findings(neurons), LAYERS);

    // then
    assertThat(evaluations.getTopWords()).hasSizeBetween(20, 30);
    assertThat(evaluations.getTopWords().getFirst().getUnit()).isZero();
    assertThat(AvroSerde.of(Evaluations.class).encode(evaluations).length).isLessThan(310_000);
  }

  @Test
  void shouldHaveNoActivationForAWordWithoutARow() {
    NeuronWords.Sentence sentence =
        new NeuronWords.Sentence(0, 0, List.of("a", ""), new float[] {1.5f, Float.NaN});

    Evaluations evaluations =
        EvaluationRecords.of(
            findings(List.of(new NeuronWords(768, List.of(), List.of(sentence)))), LAYERS);

    assertThat(evaluations.getTopWords().getFirst().getLayer()).isEqualTo(1);
    assertThat(evaluations.getTopWords().getFirst().getSentences().getFirst().getActivations())
        .containsExactly(1.5f, null);
  }

  @Test
  void shouldCallChosenLayersByTheModelsOwnNumbers() {
    // given: layers 0, 3 and 12; the set lies in the second and the third of them
    LayerMap chosen = new LayerMap(List.of(0, 3, 12), 768);
    MinimalSet set =
        new MinimalSet(
            new int[] {768, 2 * 768},
            0.01,
            false,
            0.9,
            0.008,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            List.of(new MinimalSet.Size(2, 0.9, 0.91, 0.008, OptionalDouble.of(0.89))),
            List.of());
    Findings findings =
        new Findings(
            Optional.empty(),
            List.of(),
            List.of(new AblationPoint(0.2, 461, 0.9, 0.5, 0.1)),
            Optional.of(set),
            List.of(OptionalDouble.of(0.5), OptionalDouble.of(0.6), OptionalDouble.of(0.7)),
            List.of(new NeuronWords(2 * 768 + 5, List.of(), List.of())),
            List.of());

    // when
    Evaluations evaluations = EvaluationRecords.of(findings, chosen);

    // then
    assertThat(evaluations.getLayerwise())
        .extracting(LayerAccuracy::getLayer)
        .containsExactly(0, 3, 12);
    assertThat(evaluations.getTopWords().getFirst().getLayer()).isEqualTo(12);
    assertThat(evaluations.getTopWords().getFirst().getUnit()).isEqualTo(5);
    assertThat(evaluations.getMinimalSet().getLayerHistogram()).containsExactly(0, 1, 1);
    assertThat(evaluations.getMinimalSet().getMeanLayer()).isEqualTo(7.5);
    assertThat(evaluations.getAblation()).isEmpty();
    assertThat(evaluations.getLcaAblation().getFirst().getTop()).isEqualTo(0.9);
    assertThat(evaluations.getMinimalSet().getLossBound()).isEqualTo(0.008);
    assertThat(evaluations.getMinimalSet().getGrid())
        .containsExactly(new SetSize(2, 0.9, 0.91, 0.008, 0.89));
  }

  private static Findings findings(List<NeuronWords> words) {
    return new Findings(
        Optional.empty(), List.of(), List.of(), Optional.empty(), List.of(), words, List.of());
  }
}

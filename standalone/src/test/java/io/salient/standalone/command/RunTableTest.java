package io.salient.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.salient.ranking.view.RunResults;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.schemas.avro.Verdict;
import io.salient.standalone.report.RecordedResults;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class RunTableTest {
  private final List<SpecificRecord> records = RecordedResults.read();

  @Test
  void shouldSaySinceWhichStepAVerdictHoldsAndWhatItRestsOn() {
    // given: the last two steps of each concept have the same verdict, those before another
    List<Long> steps =
        List.copyOf(new TreeSet<>(all(SalientNeurons.class).map(SalientNeurons::getStep).toList()));
    long since = steps.get(steps.size() - 2);
    all(NeuronDrift.class)
        .forEach(
            drift ->
                drift.setVerdict(drift.getStep() >= since ? Verdict.REORDERED : Verdict.UNDECIDED));

    // when
    String text = printed();

    // then
    assertThat(text)
        .contains("at step %d: reordered since step %d; rho 0.".formatted(steps.getLast(), since))
        .containsPattern("; place [+−]?[0-9.]+ .*layers; knowledge [a-z ]+, [−0-9.]+ \\(");
  }

  @Test
  void shouldSayWhyThereIsNoVerdict() {
    all(NeuronDrift.class)
        .forEach(
            drift -> {
              drift.setVerdict(Verdict.NONE);
              drift.setVerdictReason("no halves were fitted");
            });

    assertThat(printed()).contains(": no verdict: no halves were fitted; rho ");
  }

  private String printed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RunTable.print(
        RunResults.of(RecordedResults.RUN, records), new PrintStream(bytes, true, UTF_8));
    return bytes.toString(UTF_8);
  }

  private <T> Stream<T> all(Class<T> type) {
    return records.stream().filter(type::isInstance).map(type::cast);
  }
}

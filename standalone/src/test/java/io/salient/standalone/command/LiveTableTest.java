package io.salient.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.ranking.view.ConceptOverview;
import io.salient.ranking.view.ConceptOverview.Point;
import io.salient.ranking.view.ConceptOverview.Said;
import io.salient.ranking.view.DriftPoint;
import io.salient.ranking.view.RunOverview;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTableTest {
  private static final String LONG = "a-concept-with-a-name-that-is-long";

  @Test
  void shouldShowARowPerConceptWithItsLatestCheckpoint() {
    // given
    RunOverview run = run(concept("upos", "stable", null), concept("deprel", "forgotten", 90L));

    // when
    List<String> lines = new LiveTable(100, false).of(run);

    // then
    assertThat(lines)
        .containsExactly(
            "genre: 2 checkpoints, 2 ranked, 1 of them evaluated; drift from step 0",
            "concept  step  accuracy %   rho               layer       verdict",
            "upos      120  93.9 (-0.2)  0.97 (0.94-1.00)  4.2 (+0.2)  stable since 30",
            "deprel    120  93.9 (-0.2)  0.97 (0.94-1.00)  4.2 (+0.2)  forgotten since 30, alarm");
  }

  @Test
  void shouldFitTheWindow() {
    for (int columns : new int[] {0, 20, 40, 79}) {
      assertThat(new LiveTable(columns, false).of(run(concept(LONG, "re-encoded", 30L))))
          .allMatch(line -> line.length() <= columns);
    }
  }

  @Test
  void shouldFitEightyColumnsWithEveryFigure() {
    // given
    List<String> lines = new LiveTable(79, false).of(run(concept("deprel", "undecided", null)));

    // then
    assertThat(lines.getLast()).contains("0.97 (0.94-1.00)", "4.2 (+0.2)", "undecided since 30");
  }

  @Test
  void shouldColourAVerdictByWhatItMeans() {
    // given
    RunOverview run =
        run(
            concept("upos", "stable", null),
            concept("xpos", "undecided", null),
            concept("deprel", "forgotten", null));

    // when
    List<String> lines = new LiveTable(100, true).of(run);

    // then
    assertThat(lines.get(2)).endsWith("\u001b[32mstable since 30\u001b[0m");
    assertThat(lines.get(3)).endsWith("\u001b[33mundecided since 30\u001b[0m");
    assertThat(lines.get(4)).endsWith("\u001b[31mforgotten since 30\u001b[0m");
  }

  @Test
  void shouldShowNothingBeforeAnythingIsRanked() {
    assertThat(
            new LiveTable(80, false)
                .of(run(new ConceptOverview("upos", null, null, null, List.of()))))
        .isEmpty();
  }

  @Test
  void shouldSayWhatIsNotKnownYet() {
    // given: ranked, without test words, and not judged
    Point only = new Point(0, true, true, 1, null, 3.96, null);
    ConceptOverview concept =
        new ConceptOverview(
            "upos", new Said(null, null, null, null, false), null, null, List.of(only));

    // then
    assertThat(new LiveTable(80, false).of(run(concept)).getLast())
        .containsPattern("upos +0 +- +- +4.0 +-$");
  }

  private static ConceptOverview concept(String name, String verdict, Long alarm) {
    DriftPoint drift = new DriftPoint(120, "id", 0.965, 0.936, 0.996, 0.17, verdict, null, false);
    return new ConceptOverview(
        name,
        new Said(verdict, 120L, 30L, null, false),
        alarm,
        null,
        List.of(
            new Point(0, true, true, 1, 0.941, 4.0, null),
            new Point(120, false, true, 1, 0.939, 4.17, drift)));
  }

  private static RunOverview run(ConceptOverview... concepts) {
    return new RunOverview(
        "genre",
        "0.0",
        0L,
        List.of(checkpoint(0, "EVALUATED"), checkpoint(120, "RANKED")),
        List.of(concepts));
  }

  private static RunOverview.Checkpoint checkpoint(long step, String stage) {
    return new RunOverview.Checkpoint(
        step, stage, 100, 100, 0, 0, "", "", Instant.EPOCH, Instant.EPOCH, List.of(), null);
  }
}

package io.salient.probe.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.evaluation.Analysis;
import io.salient.lca.evaluation.EvaluationSettings;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.ranking.RankingMethod;
import io.salient.probe.ManualExecutor;
import io.salient.probe.PlantedCheckpoint;
import io.salient.probe.matrix.MatrixEncoding;
import io.salient.probe.matrix.MatrixException;
import io.salient.probe.matrix.MatrixRebuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FittingQueueTest {
  @TempDir Path folder;

  private final ManualExecutor executor = new ManualExecutor();
  private final List<FitOutcome> outcomes = new ArrayList<>();
  private RuntimeException kafka;
  private Runnable onRead = () -> {};
  private FittingQueue queue;

  @BeforeEach
  void makeQueue() {
    kafka = new KafkaException("no broker");
    queue = queue(executor);
  }

  private FittingQueue queue(java.util.concurrent.ExecutorService worker) {
    MatrixRebuild rebuild =
        new MatrixRebuild(
            () -> {
              onRead.run();
              throw kafka;
            },
            MatrixEncoding.FLOAT32);
    return new FittingQueue(
        new CheckpointFitting(
            FitSettings.defaults(), EvaluationSettings.of(Analysis.FAST), rebuild),
        worker);
  }

  private FitJob job(Tier tier, String key, int rows) {
    BitSet seen = new BitSet();
    seen.set(0, rows);
    return new FitJob(
        tier,
        key,
        new PlantedCheckpoint(0).started(),
        List.of(0),
        seen,
        folder.resolve(key + ".matrix"),
        true,
        new FitJob.Log(new TopicPartition("activations", 0), 0, 1),
        Map.of(),
        Map.of(),
        List.of(),
        RankingMethod.CONTRIBUTION);
  }

  @Test
  void shouldGoByTierAndWithinATierInOrder() {
    queue.submit(job(Tier.EVALUATION, "v1", 0), outcomes::add);
    queue.submit(job(Tier.NOISE, "n1", 0), outcomes::add);

    queue.submit(job(Tier.PROVISIONAL, "p1", 0), outcomes::add);
    queue.submit(job(Tier.FINAL, "f1", 0), outcomes::add);
    queue.submit(job(Tier.TRANSFER, "t1", 0), outcomes::add);
    queue.submit(job(Tier.FINAL, "f2", 0), outcomes::add);
    queue.submit(job(Tier.EARLY, "e1", 0), outcomes::add);
    assertThat(queue.size()).isEqualTo(7);

    executor.work();

    assertThat(outcomes)
        .extracting(outcome -> outcome.job().key())
        .containsExactly("e1", "f1", "f2", "p1", "t1", "n1", "v1");
    assertThat(queue.size()).isZero();
  }

  /** The final fit of another partition comes while noise is measured. */
  @Test
  void shouldEndAPatientJobForOneThatIsNot() {
    // given
    FitJob noise = job(Tier.NOISE, "n", 10); // no file, so the log is read
    onRead = () -> queue.submit(job(Tier.FINAL, "f", 0), outcomes::add);
    queue.submit(noise, outcomes::add);

    // when
    executor.work();

    // then
    assertThat(outcomes).hasSize(2);
    assertThat(outcomes.getFirst())
        .isInstanceOfSatisfying(
            FitOutcome.Dropped.class, dropped -> assertThat(dropped.job()).isSameAs(noise));
    assertThat(outcomes.getLast().job().tier()).isEqualTo(Tier.FINAL);
  }

  @Test
  void shouldNotEndAFitForAnother() {
    onRead = () -> queue.submit(job(Tier.EARLY, "e", 0), outcomes::add);
    queue.submit(job(Tier.FINAL, "f", 10), outcomes::add);

    executor.work();

    assertThat(outcomes.getFirst()).isInstanceOf(FitOutcome.Broken.class);
  }

  @Test
  void shouldDropACancelledJob() {
    queue.submit(job(Tier.PROVISIONAL, "p", 0), outcomes::add).cancel();

    executor.work();

    assertThat(outcomes).singleElement().isInstanceOf(FitOutcome.Dropped.class);
  }

  @Test
  void shouldSayNothingAfterItsEnd() {
    queue.submit(job(Tier.FINAL, "f", 0), outcomes::add);

    queue.close();
    executor.work();

    assertThat(outcomes).isEmpty();
  }

  @Test
  void shouldBlameTheBrokerNotTheCheckpoint() {
    queue.submit(job(Tier.FINAL, "f", 10), outcomes::add); // no file, so the log is read

    executor.work();

    assertThat(outcomes)
        .singleElement()
        .isInstanceOfSatisfying(
            FitOutcome.Broken.class, broken -> assertThat(broken.cause()).isSameAs(kafka));
  }

  @Test
  void shouldBlameTheDiskNotTheCheckpoint() throws IOException {
    Files.writeString(folder.resolve("sub"), "a file where a folder should be");

    queue.submit(job(Tier.FINAL, "sub/f", 10), outcomes::add);
    executor.work();

    assertThat(outcomes)
        .singleElement()
        .isInstanceOfSatisfying(
            FitOutcome.Broken.class,
            broken -> assertThat(broken.cause()).isInstanceOf(MatrixException.class));
  }

  @Test
  void shouldFailTheCheckpointOnWhateverElse() {
    kafka = new IllegalStateException("a bug");
    queue.submit(job(Tier.FINAL, "f", 10), outcomes::add);

    executor.work();

    assertThat(outcomes)
        .singleElement()
        .isInstanceOfSatisfying(
            FitOutcome.Failed.class, failed -> assertThat(failed.message()).contains("a bug"));
  }
}

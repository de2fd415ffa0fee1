package io.salient.standalone.system;

import static io.salient.standalone.system.RunOnBroker.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.AvroSerde;
import io.salient.schemas.ResultKey;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.CheckpointSaved;
import io.salient.schemas.avro.ExtractionFailed;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.SalientNeurons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a log may do to its readers, on a real broker: records twice, in another order, too late,
 * gone, or not ours at all. The judge compares the results topic with that of an undisturbed run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DisorderIT {
  private static final String RUN = "small-run";

  @TempDir static Path folder;
  private RunOnBroker broker;
  private SmallRun run;
  private Map<String, String> undisturbed;

  @BeforeAll
  void rankUndisturbed() {
    broker = new RunOnBroker(folder);
    run = broker.run();
    undisturbed = broker.rankUndisturbed();
  }

  @AfterAll
  void stopBroker() {
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void shouldEndInTheSameResultsWhenBlocksComeTwiceAndInAnyOrder() throws IOException {
    // given
    IsolatedSalient shuffled = salient("shuffled");
    List<ConsumerRecord<byte[], byte[]>> activations = activationsOf(RunOnBroker.UNDISTURBED);
    assertThat(activations).hasSizeGreaterThan(10);

    // when
    try (SalientProcess process = shuffled.watch(emptyRun("shuffled"), run.corpus());
        TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      awaitTopics(shuffled);
      for (long step : run.steps()) {
        shuffledTwice(activations, step)
            .forEach(record -> writer.send(shuffled.topics().activations(), record));
      }
      awaitEnded(shuffled);
      assertThat(process.alive()).as(process::errors).isTrue();
    }

    // then
    assertThat(shuffled.results()).isEqualTo(undisturbed);
  }

  @Test
  void shouldExtractOnceWhatIsAnnouncedTwice() throws IOException {
    // given: F18
    IsolatedSalient twice = salient("twice");
    try (SalientProcess process = twice.watch(run.folder(), run.corpus());
        TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      awaitRanked(twice, 20);
      List<ConsumerRecord<byte[], byte[]>> announced;
      try (TopicJudge judge = twice.judge(twice.topics().checkpoints())) {
        announced = judge.all();
      }

      // when: all announcements once more, and one that fails after them
      announced.forEach(record -> writer.send(twice.topics().checkpoints(), record));
      writer.send(twice.topics().checkpoints(), RUN, missingCheckpoint());
      try (TopicJudge judge = twice.judge(twice.topics().activations())) {
        judge.await(
            TopicSerdes.activations(),
            ExtractionFailed.class,
            failed -> failed.getStep() == 999,
            PATIENCE);

        // then
        assertThat(judge.all().stream().map(DisorderIT::activation))
            .filteredOn(ExtractionStarted.class::isInstance)
            .hasSize(run.steps().size());
      }
      awaitEnded(twice);
      assertThat(process.alive()).as(process::errors).isTrue();
    }
    assertThat(twice.results()).isEqualTo(undisturbed);
  }

  @Test
  void shouldCompareWithTheBaselineThatComesLast() throws IOException {
    // given: F19, step 20 is ranked before step 0 is there
    IsolatedSalient late = salient("late");
    Path runFolder = emptyRun("late");
    SmallRun.copy(run.folder().resolve("checkpoint-20"), runFolder.resolve("checkpoint-20"));
    try (SalientProcess process = late.watch(runFolder, run.corpus());
        TopicJudge judge = late.judge(late.topics().results())) {
      awaitRanked(late, 20);

      // when
      moveIn(runFolder, 0);

      // then
      NeuronDrift drift =
          judge.await(
              TopicSerdes.results(),
              NeuronDrift.class,
              d -> d.getConcept().equals("upos") && d.getTransferAccuracy() != null,
              PATIENCE);
      assertThat(drift.getStep()).isEqualTo(20);
      assertThat(drift.getOtherStep()).isZero();
      awaitEnded(late);
      assertThat(process.alive()).as(process::errors).isTrue();
    }
    assertThat(late.results())
        .hasSameSizeAs(undisturbed)
        .containsKeys(undisturbed.keySet().toArray(String[]::new));
  }

  @Test
  void shouldPutPoisonAsideInEveryTopicAndGoOn() throws IOException {
    // given: F26, I16, I18
    IsolatedSalient poisoned = salient("poisoned");
    Path runFolder = emptyRun("poisoned");
    SmallRun.copy(run.folder().resolve("checkpoint-0"), runFolder.resolve("checkpoint-0"));
    byte[] poison = "not a record of ours".getBytes(StandardCharsets.UTF_8);
    Topics topics = poisoned.topics();
    try (SalientProcess process = poisoned.watch(runFolder, run.corpus());
        TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      awaitRanked(poisoned, 0);

      // when
      writer.send(topics.checkpoints(), RUN, poison);
      writer.send(topics.activations(), RUN, poison);
      writer.send(topics.probes(), RUN + "/upos", poison);
      moveIn(runFolder, 20);

      // then
      awaitEnded(poisoned);
      assertThat(process.alive()).as(process::errors).isTrue();
    }
    try (TopicJudge judge = poisoned.judge(topics.deadLetters())) {
      assertThat(judge.all())
          .hasSize(3)
          .allSatisfy(letter -> assertThat(letter.value()).isEqualTo(poison));
    }
    assertThat(poisoned.results())
        .hasSameSizeAs(undisturbed)
        .containsKeys(undisturbed.keySet().toArray(String[]::new));
  }

  @Test
  void shouldTellThatACheckpointIsLostWhenItsActivationsAreGoneAndGoOn() throws IOException {
    // given: killed before the fit; matrix and log are gone
    IsolatedSalient lossy = salient("lossy");
    Path runFolder = emptyRun("lossy");
    SmallRun.copy(run.folder().resolve("checkpoint-0"), runFolder.resolve("checkpoint-0"));
    try (SalientProcess killed = lossy.watch(runFolder, run.corpus())) {
      Moment.FITTING.await(lossy);
      killed.killHard();
    }
    new TopicAdmin(broker.bootstrapServers()).deleteAllRecords(lossy.topics().activations());
    SmallRun.copy(run.folder().resolve("checkpoint-20"), runFolder.resolve("checkpoint-20"));

    // when
    SmallRun both = new SmallRun(runFolder, run.corpus(), run.steps());
    try (SalientProcess again = lossy.once(both, "lossy-elsewhere")) {
      // then
      assertThat(again.exitCode(PATIENCE)).as(again::errors).isEqualTo(1);
      assertThat(again.errors()).contains("step 0", "again=true");
    }
    try (TopicJudge judge = lossy.judge(lossy.topics().results())) {
      Map<String, SpecificRecord> results = judge.latest(TopicSerdes.results());
      assertThat(results)
          .containsKey(new ResultKey(RUN, "upos", 20, Kind.NEURONS).text())
          .doesNotContainKey(new ResultKey(RUN, "upos", 0, Kind.NEURONS).text());
    }
  }

  private IsolatedSalient salient(String name) {
    return broker.salient(name);
  }

  private static Path emptyRun(String name) throws IOException {
    return Files.createDirectories(folder.resolve("runs").resolve(name).resolve(RUN));
  }

  /** As a Trainer does it: written beside, then moved in whole. */
  private void moveIn(Path runFolder, long step) throws IOException {
    Path beside = runFolder.resolve("tmp-checkpoint-" + step);
    SmallRun.copy(run.folder().resolve("checkpoint-" + step), beside);
    Files.move(beside, runFolder.resolve("checkpoint-" + step), StandardCopyOption.ATOMIC_MOVE);
  }

  private byte[] missingCheckpoint() {
    CheckpointSaved saved =
        CheckpointSaved.newBuilder()
            .setRun(RUN)
            .setStep(999)
            .setUri(run.folder().resolve("checkpoint-999").toString())
            .setAnnouncedAt(java.time.Instant.EPOCH)
            .build();
    return TopicSerdes.checkpoints().encode(saved);
  }

  private List<ConsumerRecord<byte[], byte[]>> activationsOf(String name) {
    IsolatedSalient of = salient(name);
    try (TopicJudge judge = of.judge(of.topics().activations())) {
      return judge.all();
    }
  }

  /** The opening record of a step, then each of its blocks twice, in a seeded random order. */
  private static List<ConsumerRecord<byte[], byte[]>> shuffledTwice(
      List<ConsumerRecord<byte[], byte[]>> activations, long step) {
    List<ConsumerRecord<byte[], byte[]>> ordered = new ArrayList<>();
    List<ConsumerRecord<byte[], byte[]>> blocks = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : activations) {
      switch (activation(record)) {
        case ExtractionStarted started when started.getStep() == step -> ordered.add(record);
        case ActivationBlock block when block.getStep() == step ->
            blocks.addAll(List.of(record, record));
        default -> {}
      }
    }
    Collections.shuffle(blocks, new Random(step));
    ordered.addAll(blocks);
    return ordered;
  }

  private static SpecificRecord activation(ConsumerRecord<byte[], byte[]> record) {
    return TopicSerdes.activations().decode(record.value());
  }

  private static void awaitTopics(IsolatedSalient salient) {
    new TopicAdmin(salient.bootstrapServers()).await(salient.topics().all(), PATIENCE);
  }

  /** Until the final rankings of a step are there for all concepts. */
  private static void awaitRanked(IsolatedSalient salient, long step) {
    AvroSerde<SpecificRecord> serde = TopicSerdes.results();
    try (TopicJudge judge = salient.judge(salient.topics().results())) {
      for (String concept : IsolatedSalient.CONCEPTS.split(",", -1)) {
        judge.await(
            serde,
            SalientNeurons.class,
            neurons ->
                neurons.getStep() == step
                    && neurons.getConcept().equals(concept)
                    && neurons.getReport().getFinal$(),
            PATIENCE);
      }
    }
  }

  /** Until all tiers of all steps have ended: the drift knows its noise, and all is evaluated. */
  private void awaitEnded(IsolatedSalient salient) {
    AvroSerde<SpecificRecord> serde = TopicSerdes.results();
    try (TopicJudge judge = salient.judge(salient.topics().results())) {
      for (String concept : IsolatedSalient.CONCEPTS.split(",", -1)) {
        judge.await(
            serde,
            NeuronDrift.class,
            drift -> drift.getConcept().equals(concept) && !drift.getNoisePending(),
            PATIENCE);
        for (long step : run.steps()) {
          judge.await(
              serde,
              ProbeEvaluation.class,
              done -> done.getStep() == step && done.getConcept().equals(concept),
              PATIENCE);
        }
      }
    }
  }
}

package io.salient.benchmarks;

import io.salient.schemas.ResultKey;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.DriftAgainst;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.schemas.avro.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Results of many runs, on the results topic: those that the demo left, told again of other runs,
 * steps and concepts with other figures. Of each ranking the first 20 neurons, and the first five
 * of each label.
 */
final class ManyResults implements AutoCloseable {
  private static final Path DEMO =
      Path.of("standalone/src/test/resources/report/demo-results.avro");
  private static final int TOP = 20;
  private static final int TOP_OF_LABEL = 5;
  private static final int STEP = 50;

  private final KafkaProducer<String, byte[]> producer;
  private SalientNeurons neurons;
  private NeuronDrift drift;
  private RunStatus status;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private long bytes;
  private long records;

  /** Reads what the demo left. */
  ManyResults(String bootstrapServers) throws IOException {
    producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
    Schema schema =
        Schema.createUnion(
            SalientNeurons.getClassSchema(),
            NeuronDrift.getClassSchema(),
            ProbeEvaluation.getClassSchema(),
            RunStatus.getClassSchema());
    TopicSerdes.results(); // Avro trusts our records from here on
    SpecificData data = new SpecificData(SalientNeurons.class.getClassLoader());
    try (DataFileReader<SpecificRecord> demo =
        new DataFileReader<>(DEMO.toFile(), new SpecificDatumReader<>(schema, schema, data))) {
      demo.forEach(this::take);
    }
  }

  private void take(SpecificRecord record) {
    switch (record) {
      case SalientNeurons one -> neurons = shortened(one);
      case NeuronDrift one when one.getAgainst() == DriftAgainst.BASELINE -> drift = one;
      case RunStatus one -> status = one;
      default -> {} // the rest is not told again
    }
  }

  private static SalientNeurons shortened(SalientNeurons all) {
    all.setRanking(List.copyOf(all.getRanking().subList(0, TOP)));
    all.getPerLabel()
        .forEach(
            label ->
                label.setNeurons(
                    List.copyOf(
                        label
                            .getNeurons()
                            .subList(0, Math.min(TOP_OF_LABEL, label.getNeurons().size())))));
    return all;
  }

  /** The name of one of them. */
  static String run(int number) {
    return "run" + number;
  }

  /** The name of one of them. */
  static String concept(int number) {
    return "concept" + number;
  }

  /** The training step of a checkpoint, counted from zero. */
  static long step(int checkpoint) {
    return (long) STEP * checkpoint;
  }

  /** Tells all of a run, and returns when the broker has it. */
  void tell(int run, int checkpoints, int concepts) {
    List<String> names = IntStream.range(0, concepts).mapToObj(ManyResults::concept).toList();
    for (int checkpoint = 0; checkpoint < checkpoints; checkpoint++) {
      double share = (double) checkpoint / checkpoints;
      for (int concept = 0; concept < concepts; concept++) {
        ranking(run(run), concept(concept), step(checkpoint), 0.9 - 0.3 * share * concept / 10);
        if (checkpoint > 0) {
          drift(run(run), concept(concept), step(checkpoint), share);
        }
      }
      status(run(run), step(checkpoint), names);
    }
    awaitSent();
  }

  /** Fails where the broker refused one. */
  private void awaitSent() {
    producer.flush();
    sent.forEach(Future::resultNow);
    sent.clear();
  }

  /** A ranking, final; returns when it was given to the producer. */
  void ranking(String run, String concept, long step, double accuracy) {
    neurons.setRun(run);
    neurons.setConcept(concept);
    neurons.getReport().setConcept(concept);
    neurons.setStep(step);
    neurons.setCheckpointId("id" + step);
    neurons.getReport().setAccuracy(accuracy);
    send(new ResultKey(run, concept, step, ResultKey.Kind.NEURONS), neurons);
  }

  private void drift(String run, String concept, long step, double share) {
    drift.setRun(run);
    drift.setConcept(concept);
    drift.setStep(step);
    drift.setCheckpointId("id" + step);
    drift.setVerdict(share < 0.5 ? Verdict.STABLE : Verdict.REORDERED);
    send(new ResultKey(run, concept, step, ResultKey.Kind.DRIFT_BASELINE), drift);
  }

  private void status(String run, long step, List<String> concepts) {
    status.setRun(run);
    status.setStep(step);
    status.setCheckpointId("id" + step);
    status.setConcepts(concepts);
    send(new ResultKey(run, ResultKey.NO_CONCEPT, step, ResultKey.Kind.STATUS), status);
  }

  private void send(ResultKey key, SpecificRecord record) {
    byte[] value = TopicSerdes.results().encode(record);
    bytes += value.length;
    records++;
    sent.add(
        producer.send(new ProducerRecord<>(new Topics("salient").results(), key.text(), value)));
  }

  /** What was told so far. */
  String told() {
    return "%,d results of %,d bytes on average".formatted(records, bytes / Math.max(1, records));
  }

  @Override
  public void close() {
    producer.close();
  }
}

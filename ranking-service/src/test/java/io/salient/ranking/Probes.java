package io.salient.ranking;

import io.salient.schemas.WeightCodec;
import io.salient.schemas.avro.Aggregation;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.EvaluationCost;
import io.salient.schemas.avro.Evaluations;
import io.salient.schemas.avro.FitCertificate;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.MethodRanking;
import io.salient.schemas.avro.Neuron;
import io.salient.schemas.avro.NeuronCluster;
import io.salient.schemas.avro.NeuronClusters;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.Provenance;
import io.salient.schemas.avro.RankedNeuron;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SelectivityReport;
import io.salient.schemas.avro.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes the records of one fit: a run of a model of 3 layers x 4 units, a concept of labels A, B
 * and C with 30 train words each, weights drawn from step and checkpoint.
 */
public record Probes(
    String run,
    String concept,
    long step,
    String checkpointId,
    float coverage,
    boolean isFinal,
    boolean baseline,
    int minutes) {
  public static final int LAYERS = 3;
  public static final int HIDDEN = 4;
  public static final int WIDTH = LAYERS * HIDDEN;
  public static final List<String> LABELS = List.of("A", "B", "C");
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** The final fit of a step of run "run", concept "upos", announced in the order of steps. */
  public static Probes atStep(long step) {
    return new Probes("run", "upos", step, "id" + step, 1, true, false, (int) step);
  }

  public Probes ofRun(String name) {
    return new Probes(name, concept, step, checkpointId, coverage, isFinal, baseline, minutes);
  }

  public Probes ofConcept(String name) {
    return new Probes(run, name, step, checkpointId, coverage, isFinal, baseline, minutes);
  }

  public Probes ofCheckpoint(String id) {
    return new Probes(run, concept, step, id, coverage, isFinal, baseline, minutes);
  }

  public Probes announced(int minute) {
    return new Probes(run, concept, step, checkpointId, coverage, isFinal, baseline, minute);
  }

  public Probes asBaseline() {
    return new Probes(run, concept, step, checkpointId, coverage, isFinal, true, minutes);
  }

  public Probes seen(float share) {
    return new Probes(run, concept, step, checkpointId, share, false, baseline, minutes);
  }

  public String key() {
    return run + "/" + concept;
  }

  /** All class probes, then the report. */
  public List<SpecificRecord> records() {
    List<SpecificRecord> records = new ArrayList<>();
    for (int label = 0; label < LABELS.size(); label++) {
      records.add(classProbe(label));
    }
    records.add(report());
    return records;
  }

  public ClassProbe classProbe(int label) {
    return classProbe(label, weights()[label]);
  }

  public ClassProbe classProbe(int label, float[] weights) {
    return ClassProbe.newBuilder()
        .setRun(run)
        .setStep(step)
        .setCheckpointId(checkpointId)
        .setConcept(concept)
        .setLabel(LABELS.get(label))
        .setLabelIndex(label)
        .setCoverage(coverage)
        .setWeights(WeightCodec.encode(weights))
        .setBias(0.5f)
        .build();
  }

  /** 3 x 12 weights, a third of them zero. */
  public float[][] weights() {
    Random random = new Random(checkpointId.hashCode() * 31L + Float.floatToIntBits(coverage));
    float[][] weights = new float[LABELS.size()][WIDTH];
    for (float[] row : weights) {
      for (int neuron = 0; neuron < WIDTH; neuron++) {
        row[neuron] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
      }
    }
    return weights;
  }

  public ProbeReport report() {
    return reportBuilder().build();
  }

  public ProbeReport.Builder reportBuilder() {
    return ProbeReport.newBuilder()
        .setRun(run)
        .setStep(step)
        .setCheckpointId(checkpointId)
        .setBaseline(baseline)
        .setConcept(concept)
        .setCoverage(coverage)
        .setFinal$(isFinal)
        .setLayers(LAYERS)
        .setHiddenSize(HIDDEN)
        .setLabels(LABELS.stream().map(label -> label(label, 30)).toList())
        .setMinLabelCount(20)
        .setTrainWords(90)
        .setDevWords(10)
        .setTestWords(20)
        .setTruncatedWords(1)
        .setDroppedWords(2)
        .setAccuracy(0.9 - step / 1000.0)
        .setMacroF1(0.8)
        .setMajority(0.4)
        .setCertificate(new FitCertificate(0.5, 1e-5, 40, true, 4e-4))
        .setFitSeconds(1.5)
        .setProvenance(provenance())
        .setAnnouncedAt(START.plusSeconds(60L * minutes));
  }

  public static LabelReport label(String label, int trainCount) {
    return LabelReport.newBuilder()
        .setLabel(label)
        .setTrainCount(trainCount)
        .setDevCount(3)
        .setTestCount(5)
        .build();
  }

  public Provenance provenance() {
    return Provenance.newBuilder()
        .setVersion("test")
        .setCheckpointUri("file:/runs/" + run + "/checkpoint-" + step)
        .setCheckpointId(checkpointId)
        .setModelType("bert")
        .setCorpus("corpus.conllu")
        .setCorpusHash("c0ffee")
        .setAggregation(Aggregation.LAST)
        .setSeed(1)
        .setSettings(Map.of("l1", "5.0E-4"))
        .setWeights(Map.of("dtype", "bfloat16"))
        .build();
  }

  /** The first neurons of this checkpoint by two methods, drawn from its id. */
  public EarlyWarning earlyWarning() {
    return EarlyWarning.newBuilder()
        .setRun(run)
        .setStep(step)
        .setCheckpointId(checkpointId)
        .setConcept(concept)
        .setCoverage(coverage)
        .setTrainWords(90)
        .setLayers(LAYERS)
        .setHiddenSize(HIDDEN)
        .setMethods(List.of(ranking("probeless", 1), ranking("mean-select", 2)))
        .setProvenance(provenance())
        .setAnnouncedAt(START.plusSeconds(60L * minutes))
        .build();
  }

  private MethodRanking ranking(String method, int seed) {
    List<RankedNeuron> neurons = new ArrayList<>();
    for (int neuron = 0; neuron < WIDTH; neuron++) {
      neurons.add(new RankedNeuron(neuron / HIDDEN, neuron % HIDDEN, (double) neuron));
    }
    Collections.shuffle(neurons, new Random(31L * checkpointId.hashCode() + seed));
    return MethodRanking.newBuilder().setMethod(method).setRanking(neurons).build();
  }

  /** Neurons 0:0 and 1:3 in one cluster, 2:1 alone. */
  public NeuronClusters clusters() {
    return NeuronClusters.newBuilder()
        .setRun(run)
        .setStep(step)
        .setCheckpointId(checkpointId)
        .setThreshold(0.5)
        .setWords(120)
        .setClusters(
            List.of(
                new NeuronCluster(List.of(new Neuron(0, 0), new Neuron(1, 3)), new Neuron(1, 3)),
                new NeuronCluster(List.of(new Neuron(2, 1)), new Neuron(2, 1))))
        .setSeconds(0.5)
        .setProvenance(provenance())
        .setAnnouncedAt(START.plusSeconds(60L * minutes))
        .build();
  }

  /** Control tasks and a note, of this checkpoint. */
  public ProbeEvaluation evaluation() {
    return ProbeEvaluation.newBuilder()
        .setRun(run)
        .setStep(step)
        .setCheckpointId(checkpointId)
        .setConcept(concept)
        .setEvaluations(
            Evaluations.newBuilder()
                .setSelectivity(new SelectivityReport(0.88, 0.5, 0.38, 0.3, 0.46, 3, 90, 0.9, 0.6))
                .build())
        .setEvaluationCosts(List.of(new EvaluationCost("selectivity", 0.25)))
        .setNotes(List.of("there is no minimal set"))
        .setSeconds(0.25)
        .setProvenance(provenance())
        .setAnnouncedAt(START.plusSeconds(60L * minutes))
        .build();
  }

  /** The records of a fit whose evaluation is still to come. */
  public ProbeReport awaitingEvaluation() {
    return reportBuilder().setTiers(List.of("evaluation")).build();
  }

  public RunStatus status(Stage stage, int second) {
    return RunStatus.newBuilder()
        .setRun(run)
        .setStep(step)
        .setCheckpointId(checkpointId)
        .setStage(stage)
        .setRowsSeen(10 * second)
        .setRowsTotal(100)
        .setConcepts(List.of(concept))
        .setAt(START.plusSeconds(second))
        .build();
  }
}

package io.salient.ranking.topology;

import static io.salient.schemas.DeadLetterReason.INVALID_FIELD;
import static io.salient.schemas.DeadLetterReason.NON_FINITE;
import static io.salient.schemas.DeadLetterReason.WRONG_LABELS;
import static io.salient.schemas.DeadLetterReason.WRONG_WIDTH;

import io.salient.lca.ranking.RankingMethod;
import io.salient.schemas.LevelCodec;
import io.salient.schemas.Names;
import io.salient.schemas.WeightCodec;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.HalfRanking;
import io.salient.schemas.avro.LabelAnswers;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.MethodRanking;
import io.salient.schemas.avro.Neuron;
import io.salient.schemas.avro.NeuronCluster;
import io.salient.schemas.avro.NeuronClusters;
import io.salient.schemas.avro.NullSimilarity;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SplitRankings;
import io.salient.schemas.avro.TestGroups;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a record of the probes topic must hold to be used. */
final class ProbeChecks {
  /** Largest layers x hidden size, so that a hostile report cannot ask for gigabytes. */
  private static final int MAX_WIDTH = 1 << 24;

  private static final int MAX_LAYER = 1 << 16;

  /** Neurons that a list of a half may have. */
  private static final int MAX_LISTED = 10_000;

  /** Records that the replicates of one checkpoint may be split into. */
  private static final int MAX_PARTS = 10_000;

  private static final Pattern CHECKPOINT_ID = Pattern.compile("[A-Za-z0-9._:-]{1,200}");

  private ProbeChecks() {}

  static void check(String key, ClassProbe probe) {
    checkIdentity(
        key, probe.getRun(), probe.getConcept(), probe.getStep(), probe.getCheckpointId());
    checkFit(probe.getReplicate(), probe.getCoverage());
    require(probe.getLabelIndex() >= 0, "label index " + probe.getLabelIndex());
    int bytes = probe.getWeights().remaining();
    if (bytes == 0 || bytes % Float.BYTES != 0) {
      throw new InvalidProbeException(
          WRONG_WIDTH, bytes + " bytes of weights of label " + probe.getLabel());
    }
    checkFinite(probe, bytes / Float.BYTES);
  }

  private static void checkFinite(ClassProbe probe, int width) {
    boolean finite = Float.isFinite(probe.getBias());
    for (float weight : WeightCodec.decode(probe.getWeights(), width)) {
      finite &= Float.isFinite(weight);
    }
    if (!finite) {
      throw new InvalidProbeException(
          NON_FINITE, "a weight or the bias of label " + probe.getLabel() + " is not finite");
    }
  }

  static void check(String key, ProbeReport report) {
    checkIdentity(
        key, report.getRun(), report.getConcept(), report.getStep(), report.getCheckpointId());
    checkFit(report.getReplicate(), report.getCoverage());
    require(isMethod(report.getMethod()), "a ranking method that is not known here");
    require(
        report.getLayers() > 0
            && report.getHiddenSize() > 0
            && (long) report.getLayers() * report.getHiddenSize() <= MAX_WIDTH,
        report.getLayers() + " layers of " + report.getHiddenSize() + " units");
    checkLayers(report.getLayerNumbers(), report.getLayers());
    checkGroups(report.getTestGroups());
    checkNeurons(report);
    for (LabelReport label : report.getLabels()) {
      require(label.getTrainCount() >= 0, label.getTrainCount() + " words of " + label.getLabel());
    }
  }

  private static void checkLayers(List<Integer> numbers, int layers) {
    require(
        numbers.isEmpty() || numbers.size() == layers,
        numbers.size() + " layer numbers of " + layers + " layers");
    int before = -1;
    for (int number : numbers) {
      require(number > before && number < MAX_LAYER, "layer numbers " + numbers + " do not ascend");
      before = number;
    }
  }

  static void check(String key, ReplicateRankings replicates) {
    checkIdentity(
        key,
        replicates.getRun(),
        replicates.getConcept(),
        replicates.getStep(),
        replicates.getCheckpointId());
    long width = (long) replicates.getLayers() * replicates.getHiddenSize();
    require(
        replicates.getLayers() > 0 && replicates.getHiddenSize() > 0 && width <= MAX_WIDTH,
        replicates.getLayers() + " layers of " + replicates.getHiddenSize() + " units");
    checkLayers(replicates.getLayerNumbers(), replicates.getLayers());
    require(isMethod(replicates.getMethod()), "a ranking method that is not known here");
    require(
        replicates.getK() > 0 && replicates.getK() <= Math.min(width, MAX_LISTED),
        "k " + replicates.getK());
    int labels = replicates.getLabels().size();
    int halves = replicates.getHalves().size();
    require(halves == 0 || halves == 2, halves + " halves");
    for (HalfRanking half : replicates.getHalves()) {
      require(half.getLabels().size() == labels, "a half of other labels");
      checkNeurons(half.getOverall(), replicates.getK(), width);
      half.getLabels().forEach(of -> checkNeurons(of, replicates.getK(), width));
    }
    checkSplits(replicates, width);
    for (NullSimilarity one : replicates.getNulls()) {
      require(
          Double.isFinite(one.getSimilarity())
              && Double.isFinite(one.getLayerDistance())
              && one.getLabelSimilarities().size() == labels
              && one.getLabelLayerDistances().size() == labels,
          "null similarities that are not finite, or of other labels");
    }
  }

  private static void checkSplits(ReplicateRankings replicates, long width) {
    int parts = replicates.getParts();
    require(
        parts >= 1 && parts <= MAX_PARTS && replicates.getPart() >= 0,
        "part " + replicates.getPart() + " of " + parts);
    require(replicates.getPart() < parts, "part " + replicates.getPart() + " of " + parts);
    int before = -1;
    for (int label : replicates.getCounted()) {
      require(label > before && label < replicates.getLabels().size(), "label index " + label);
      before = label;
    }
    for (SplitRankings split : replicates.getSplits()) {
      for (HalfRanking half : List.of(split.getFirst(), split.getSecond())) {
        require(
            half.getLabels().size() == replicates.getCounted().size(), "a half of other labels");
        checkNeurons(half.getOverall(), replicates.getK(), width);
        half.getLabels().forEach(of -> checkNeurons(of, replicates.getK(), width));
      }
    }
  }

  /** What is told of neurons besides their weights: of all of them, or of none. */
  private static void checkNeurons(ProbeReport report) {
    int width = width(report);
    int contributions = report.getContributions().remaining();
    int levels = report.getEntryLevels().remaining();
    require(
        contributions == 0 || contributions == Float.BYTES * (long) width,
        contributions + " bytes of contributions of " + width + " neurons");
    require(
        levels == 0 || levels == Short.BYTES * (long) width,
        levels + " bytes of entry levels of " + width + " neurons");
    boolean needed =
        report.getMethod().equals(RankingMethod.CONTRIBUTION.text())
            && CompleteProbe.isFitted(report);
    require(contributions > 0 || !needed, "contribution ranks, and there are no contributions");
    float[] values = WeightCodec.decode(report.getContributions(), contributions / Float.BYTES);
    requireSizes("a contribution", values);
    requireSizes("an entry level", LevelCodec.decode(report.getEntryLevels()));
  }

  private static void requireSizes(String what, float[] values) {
    for (float value : values) {
      if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
        throw new InvalidProbeException(NON_FINITE, what + " is negative or not finite");
      }
    }
  }

  private static void checkGroups(TestGroups groups) {
    if (groups == null) {
      return;
    }
    int size = groups.getWords().size();
    int applied = groups.getTransferRight().size();
    require(
        groups.getSentences().size() == size
            && groups.getRight().size() == size
            && groups.getMajority().size() == size
            && (applied == 0 || applied == size),
        "test groups of unequal number");
    require(groups.getLabelGroupSize() > 0, "label groups of " + groups.getLabelGroupSize());
    int ofLabels = Math.ceilDiv(size, groups.getLabelGroupSize());
    groups.getLabels().forEach(label -> checkLabel(label, ofLabels));
  }

  private static void checkLabel(LabelAnswers label, int groups) {
    int applied = label.getTransferRight().size();
    require(
        label.getPresent().size() == groups
            && label.getRight().size() == groups
            && label.getSaid().size() == groups
            && label.getTransferSaid().size() == applied
            && (applied == 0 || applied == groups),
        "groups of label " + label.getLabel() + " of unequal number");
  }

  /** That every neuron stands in a ranking at most once. */
  private static void checkNeurons(List<Integer> neurons, int k, long width) {
    require(neurons.size() <= k, neurons.size() + " neurons, at most " + k);
    require(new HashSet<>(neurons).size() == neurons.size(), "a neuron comes twice");
    for (int neuron : neurons) {
      require(neuron >= 0 && neuron < width, "neuron " + neuron + " of " + width);
    }
  }

  static void check(String key, ProbeEvaluation evaluation) {
    checkIdentity(
        key,
        evaluation.getRun(),
        evaluation.getConcept(),
        evaluation.getStep(),
        evaluation.getCheckpointId());
    require(Double.isFinite(evaluation.getSeconds()), "seconds " + evaluation.getSeconds());
  }

  static void check(String key, EarlyWarning warning) {
    checkIdentity(
        key, warning.getRun(), warning.getConcept(), warning.getStep(), warning.getCheckpointId());
    checkFit(0, warning.getCoverage());
    require(
        warning.getLayers() > 0
            && warning.getHiddenSize() > 0
            && (long) warning.getLayers() * warning.getHiddenSize() <= MAX_WIDTH,
        warning.getLayers() + " layers of " + warning.getHiddenSize() + " units");
    checkLayers(warning.getLayerNumbers(), warning.getLayers());
    for (MethodRanking method : warning.getMethods()) {
      require(isMethod(method.getMethod()), "a ranking method that is not known here");
      require(
          method.getRanking().stream().allMatch(neuron -> Double.isFinite(neuron.getScore())),
          "a score that is not finite");
    }
  }

  private static boolean isMethod(String name) {
    return Arrays.stream(RankingMethod.values()).anyMatch(method -> method.text().equals(name));
  }

  static void check(String key, NeuronClusters clusters) {
    checkName("run", clusters.getRun());
    require(key.equals(clusters.getRun()), "the key of clusters must be their run");
    checkStep(clusters.getStep(), clusters.getCheckpointId());
    require(Double.isFinite(clusters.getThreshold()), "threshold " + clusters.getThreshold());
    Set<Neuron> seen = new HashSet<>();
    for (NeuronCluster cluster : clusters.getClusters()) {
      require(
          cluster.getNeurons().contains(cluster.getRepresentative()),
          "a cluster that its representative is not in");
      seen.addAll(cluster.getNeurons());
    }
    int neurons = clusters.getClusters().stream().mapToInt(c -> c.getNeurons().size()).sum();
    require(seen.size() == neurons, "a neuron comes twice");
  }

  static void check(String key, RunStatus status) {
    checkName("run", status.getRun());
    status.getConcepts().forEach(concept -> checkName("concept", concept));
    require(status.getStep() >= 0, "step " + status.getStep());
    require(key.equals(status.getRun()), "the key of a status must be its run");
  }

  /** That a probe fits the report that closes its set. */
  static void checkFits(ClassProbe probe, ProbeReport report) {
    if (width(probe) != width(report)) {
      throw new InvalidProbeException(
          WRONG_WIDTH,
          String.format(
              "%d weights of label %s, its report says %d layers of %d units",
              width(probe), probe.getLabel(), report.getLayers(), report.getHiddenSize()));
    }
    int index = probe.getLabelIndex();
    if (index >= report.getLabels().size()
        || !report.getLabels().get(index).getLabel().equals(probe.getLabel())) {
      throw new InvalidProbeException(
          WRONG_LABELS, "label " + index + " of the report is not " + probe.getLabel());
    }
  }

  static int width(ClassProbe probe) {
    return probe.getWeights().remaining() / Float.BYTES;
  }

  static int width(ProbeReport report) {
    return report.getLayers() * report.getHiddenSize();
  }

  private static void checkIdentity(
      String key, String run, String concept, long step, String checkpointId) {
    checkName("run", run);
    checkName("concept", concept);
    checkStep(step, checkpointId);
    require(key.equals(run + "/" + concept), "the key must be run/concept");
  }

  private static void checkStep(long step, String checkpointId) {
    require(step >= 0, "step " + step);
    require(
        CHECKPOINT_ID.matcher(checkpointId).matches(), "checkpoint id of unexpected characters");
  }

  private static void checkFit(int replicate, float coverage) {
    require(replicate >= 0, "replicate " + replicate);
    require(coverage >= 0 && coverage <= 1, "coverage " + coverage);
  }

  private static void checkName(String what, String name) {
    require(Names.allowed(name), what + " is no allowed name");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new InvalidProbeException(INVALID_FIELD, otherwise);
    }
  }
}

package io.salient.benchmarks;

import io.salient.lca.drift.ConceptDrift;
import io.salient.lca.drift.DisattenuatedSimilarity;
import io.salient.lca.drift.FiellerInterval;
import io.salient.lca.drift.LayerDisplacement;
import io.salient.lca.drift.LayerShift;
import io.salient.lca.evaluation.EvaluationData;
import io.salient.lca.probe.ClassificationReport;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.ranking.RankingMethod;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is said of changes that are known, on real checkpoints: the first of a run against itself,
 * with a little noise, on the way to the last, with units of a layer in another order, with roles
 * two layers up, turned, and fitted on labels that say nothing. Arguments: a folder of checkpoints,
 * a CoNLL-U file, concepts (upos,deprel) and splits (5). Rankings of the same fits are judged by
 * every method that ranks probes sparsely.
 */
public final class DriftBenchmark {
  private static final double NOISE = 0.05;
  private static final float WAY = 0.25f;

  private final List<String> names;
  private final int splits;
  private final ExtractedWords first;
  private final JudgedCheckpoint baseline;

  private DriftBenchmark(ExtractedWords first, List<String> names, int splits) {
    this.first = first;
    this.names = names;
    this.splits = splits;
    baseline = JudgedCheckpoint.of(first, first.concepts(), splits);
  }

  /** Prints the table. */
  public static void main(String[] arguments) throws IOException {
    TorchEngine.start();
    List<Path> steps = checkpoints(Path.of(arguments[0]));
    Path corpus = Path.of(arguments[1]);
    List<String> names =
        List.of((arguments.length > 2 ? arguments[2] : "upos,deprel").split(",", -1));
    int splits = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;
    ExtractedWords first = ExtractedWords.of(steps.getFirst(), corpus, names);
    ExtractedWords last = ExtractedWords.of(steps.getLast(), corpus, names);
    System.out.printf(
        "%s against %s, %d words, %d neurons, %d splits%n%n",
        steps.getLast().getFileName(),
        steps.getFirst().getFileName(),
        first.rows(),
        first.width(),
        splits);
    System.out.println(
        "| change | concept | by | r0 | rt | rho (limits) | ranking | place (lower) | relocated"
            + " | accuracy | lost (limits) | knowledge | old probe | regained from | verdict |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    new DriftBenchmark(first, names, splits).run(last, steps.getLast().getFileName().toString());
  }

  private void run(ExtractedWords last, String name) {
    judge("identical", first);
    judge("noise of .05 sd", ChangedWords.shaken(first, NOISE));
    judge("a quarter of the way to " + name, ChangedWords.between(first, last, WAY));
    judge(name, last);
    int main = mainLayer();
    judge("units of layer " + main + " permuted", ChangedWords.permuted(first, main));
    int low = Math.clamp(main - 1L, 1, first.layers().layers() - 4);
    judge(
        "half of layers %d, %d and %d, %d exchanged".formatted(low, low + 1, low + 2, low + 3),
        ChangedWords.raised(first, low));
    judge("every layer rotated", ChangedWords.rotated(first));
    print(
        "labels of the train words shuffled, ten times the l1",
        JudgedCheckpoint.sparse(first, shuffledLabels(), splits));
  }

  /** The layer in which most of the first concept's first neurons lie. */
  private int mainLayer() {
    int[] list =
        baseline
            .halves()
            .getFirst()
            .get(JudgedCheckpoint.METHODS.getFirst())
            .overall()
            .first()
            .getFirst();
    int[] histogram = LayerShift.histogram(list, first.layers());
    return IntStream.range(0, histogram.length)
        .boxed()
        .max(Comparator.comparingInt(layer -> histogram[layer]))
        .orElseThrow();
  }

  /**
   * Labels that nothing can be learned of. Chance alone gives a neuron a gradient of sqrt(p (1 - p)
   * / n), up to 4e-3 here: more than the default l1 of 5e-4, at which 811 of 2,688 neurons get a
   * weight in each class of upos. Such fits end, but take five times as long.
   */
  private List<ConceptLabels> shuffledLabels() {
    EvaluationData data = first.data();
    return first.concepts().stream()
        .map(labels -> ChangedWords.shuffledLabels(labels, data.split(), data.rows()))
        .toList();
  }

  private void judge(String change, ExtractedWords words) {
    print(change, JudgedCheckpoint.of(words, words.concepts(), splits));
  }

  private void print(String change, JudgedCheckpoint checkpoint) {
    for (int concept = 0; concept < names.size(); concept++) {
      for (RankingMethod method : JudgedCheckpoint.METHODS) {
        print(change, concept, method, checkpoint);
      }
    }
  }

  private void print(
      String change, int concept, RankingMethod method, JudgedCheckpoint checkpoint) {
    ConceptDrift drift = checkpoint.since(baseline, concept, method);
    ClassificationReport old =
        checkpoint
            .transferred(baseline, concept)
            .report(first.concepts().get(concept).labels().size());
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %s | %.3f | %s | %.3f | %s | %s |%n",
        change,
        names.get(concept),
        method.text(),
        ranking(drift),
        text(drift.ranking().outcome()),
        drift.place().map(DriftBenchmark::place).orElse("- | -"),
        checkpoint.accuracy(concept),
        drift.knowledge().map(k -> interval(k.lost()) + " | " + text(k.state())).orElse("- | -"),
        old.accuracy().orElseThrow(),
        drift
            .knowledge()
            .flatMap(knowledge -> knowledge.regained())
            .map(regained -> String.format(Locale.ROOT, "%.3f", regained.lower()))
            .orElse("-"),
        drift
            .verdict()
            .map(DriftBenchmark::text)
            .orElseGet(() -> "none: " + text(drift.ranking().reason())));
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String ranking(ConceptDrift drift) {
    Optional<DisattenuatedSimilarity> similarity = drift.ranking().similarity();
    return similarity
        .map(
            of ->
                String.format(
                    Locale.ROOT,
                    "%.2f | %.2f | %.3f (%.3f to %.3f)",
                    of.similarities().meanBefore(),
                    of.similarities().meanAfter(),
                    of.rho(),
                    of.lower().orElse(Double.NaN),
                    of.upper().orElse(Double.NaN)))
        .orElse("- | - | -");
  }

  private static String place(LayerDisplacement place) {
    return String.format(
        Locale.ROOT,
        "%+.2f (%+.2f) | %s",
        place.mean(),
        place.lower().orElse(Double.NaN),
        place.isRelocated() ? "yes" : "no");
  }

  private static String interval(Optional<FiellerInterval> interval) {
    return interval
        .map(
            of ->
                String.format(
                    Locale.ROOT, "%.3f (%.3f to %.3f)", of.ratio(), of.lower(), of.upper()))
        .orElse("-");
  }

  /** By step. */
  private static List<Path> checkpoints(Path run) throws IOException {
    try (Stream<Path> folders = Files.list(run)) {
      List<Path> steps =
          folders
              .filter(folder -> folder.getFileName().toString().matches("checkpoint-\\d+"))
              .sorted(
                  Comparator.comparingLong(
                      folder ->
                          Long.parseLong(
                              folder.getFileName().toString().substring("checkpoint-".length()))))
              .toList();
      if (steps.size() < 2) {
        throw new IOException(run + " has fewer than two folders checkpoint-<step>");
      }
      return steps;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}

package io.salient.extractor.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads a corpus that brings its own split, as Universal Dependencies does: a train, a dev and a
 * test file, each in any of the known formats, one behind the other. A label counts as the same in
 * all of them.
 */
public final class SplitCorpus {
  private SplitCorpus() {}

  /**
   * Reads the files.
   *
   * @param concepts what is wanted; empty for upos in CoNLL-U, for all elsewhere
   * @throws CorpusException when one of them cannot be used, or they have other concepts
   */
  public static AnnotatedCorpus read(Path train, Path dev, Path test, List<String> concepts) {
    List<Path> files = List.of(train, dev, test);
    requireDistinct(files);
    List<AnnotatedCorpus> parts =
        files.stream().map(file -> CorpusReader.read(file, Map.of(), concepts)).toList();
    requireSameConcepts(parts);
    return new AnnotatedCorpus(
        parts.stream().map(AnnotatedCorpus::name).collect(Collectors.joining(", ")),
        parts.stream().flatMap(part -> part.words().stream()).toList(),
        shifted(parts, AnnotatedCorpus::sentenceStarts, part -> part.words().size()),
        IntStream.range(0, parts.getFirst().concepts().size())
            .mapToObj(i -> joined(parts.stream().map(part -> part.concepts().get(i)).toList()))
            .toList(),
        documents(parts),
        new int[] {parts.get(0).sentences(), parts.get(0).sentences() + parts.get(1).sentences()});
  }

  private static void requireDistinct(List<Path> files) {
    try {
      for (int i = 1; i < files.size(); i++) {
        for (Path before : files.subList(0, i)) {
          if (Files.exists(before)
              && Files.exists(files.get(i))
              && Files.isSameFile(before, files.get(i))) {
            throw new CorpusException(
                "corpus.same-file",
                files.get(i)
                    + " is named twice: train, dev and test are three files (--corpus, --dev,"
                    + " --test)");
          }
        }
      }
    } catch (IOException e) {
      throw new CorpusException("corpus.unreadable", "cannot be read: " + e.getMessage());
    }
  }

  private static void requireSameConcepts(List<AnnotatedCorpus> parts) {
    List<String> first = names(parts.getFirst());
    for (AnnotatedCorpus part : parts) {
      if (!names(part).equals(first)) {
        throw new CorpusException(
            "corpus.other-concepts",
            part.name()
                + " has concepts "
                + String.join(", ", names(part))
                + ", "
                + parts.getFirst().name()
                + " has "
                + String.join(", ", first)
                + ": name those that all files have, by --concepts or"
                + " salient.extractor.concepts");
      }
    }
  }

  private static List<String> names(AnnotatedCorpus corpus) {
    return corpus.concepts().stream().map(AnnotatedCorpus.Concept::name).toList();
  }

  /** Numbers of all parts, those of each moved behind what the parts before hold. */
  private static int[] shifted(
      List<AnnotatedCorpus> parts,
      Function<AnnotatedCorpus, int[]> numbers,
      Function<AnnotatedCorpus, Integer> held) {
    List<Integer> all = new ArrayList<>();
    int before = 0;
    for (AnnotatedCorpus part : parts) {
      for (int number : numbers.apply(part)) {
        all.add(before + number);
      }
      before += held.apply(part);
    }
    return all.stream().mapToInt(Integer::intValue).toArray();
  }

  /** No document goes on in the next file. */
  private static int[] documents(List<AnnotatedCorpus> parts) {
    List<Integer> all = new ArrayList<>();
    int before = 0;
    for (AnnotatedCorpus part : parts) {
      int most = AnnotatedCorpus.NO_DOCUMENT;
      for (int document : part.documents()) {
        all.add(document == AnnotatedCorpus.NO_DOCUMENT ? document : before + document);
        most = Math.max(most, document);
      }
      before += most + 1;
    }
    return all.stream().mapToInt(Integer::intValue).toArray();
  }

  private static AnnotatedCorpus.Concept joined(List<AnnotatedCorpus.Concept> parts) {
    List<String> labels =
        List.copyOf(
            parts.stream()
                .flatMap(part -> part.labels().stream())
                .collect(Collectors.toCollection(TreeSet::new)));
    if (labels.size() > LabelCodes.MAX_LABELS) {
      throw LabelCodes.tooMany("the three files", parts.getFirst().name());
    }
    int[] codes = parts.stream().flatMapToInt(part -> recoded(part, labels)).toArray();
    return new AnnotatedCorpus.Concept(parts.getFirst().name(), labels, codes);
  }

  private static IntStream recoded(AnnotatedCorpus.Concept part, List<String> labels) {
    int[] now = part.labels().stream().mapToInt(labels::indexOf).toArray();
    return Arrays.stream(part.codes()).map(code -> code < 0 ? code : now[code]);
  }
}

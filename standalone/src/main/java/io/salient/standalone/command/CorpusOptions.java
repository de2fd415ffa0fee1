package io.salient.standalone.command;

import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say what is read and how words become rows. */
final class CorpusOptions {
  @Option(
      names = "--corpus",
      required = true,
      paramLabel = "FILE",
      description =
          "Annotated words: CoNLL-U, tab-separated columns, or NeuroX's parallel text and label"
              + " files.")
  private Path corpus;

  @ArgGroup(exclusive = false)
  private OwnSplit split;

  @Option(
      names = "--labels",
      paramLabel = "CONCEPT=FILE",
      description = "Label file of a concept, for a corpus of plain text; may be repeated.")
  private Map<String, Path> labels = new LinkedHashMap<>();

  @Option(
      names = "--concepts",
      split = ",",
      paramLabel = "NAME",
      description =
          "Concepts to probe, such as upos,xpos,deprel,feats:Number. Default: upos, or all of a"
              + " corpus without it.")
  private List<String> concepts = List.of();

  @Option(
      names = "--aggregation",
      paramLabel = "last|first|average",
      description = "How the vectors of a word's subwords become one. Default: last.")
  private String aggregation;

  @Option(
      names = "--encoding",
      paramLabel = "float32|float16|bfloat16",
      description = "Number format of activations on the way. Default: float32.")
  private String encoding;

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "N",
      description =
          "Layers to look at, such as 0,6,12: 0 is the embeddings, -1 the last. Default: all. For"
              + " activations from NeuroX: the layers that the stored ones are. Default: what the"
              + " file says, or all from 0 on.")
  private List<Integer> layers = List.of();

  @Option(
      names = "--allow-cut",
      description =
          "For activations from NeuroX: sentences may have fewer vectors than words, where NeuroX"
              + " cut them.")
  private boolean allowCut;

  @Option(
      names = "--long-sentences",
      paramLabel = "window|truncate",
      description = "What becomes of sentences beyond the model's position limit. Default: window.")
  private String longSentences;

  @Mixin private SizeLimitOption limit;

  /** Both or neither: what a corpus that brings its own split has beside its train file. */
  private static final class OwnSplit {
    @Option(
        names = "--dev",
        required = true,
        paramLabel = "FILE",
        description =
            "Dev file of a corpus that brings its own split; --corpus is its train file then. By"
                + " default the corpus is split 70/10/20, by document or by sentence.")
    private Path dev;

    @Option(
        names = "--test",
        required = true,
        paramLabel = "FILE",
        description = "Test file of a corpus that brings its own split.")
    private Path test;
  }

  void addTo(Settings settings) {
    limit.addTo(settings);
    settings.put(Setting.CORPUS, corpus.toAbsolutePath().toString());
    if (split != null) {
      settings.put(Setting.DEV_CORPUS, split.dev.toAbsolutePath().toString());
      settings.put(Setting.TEST_CORPUS, split.test.toAbsolutePath().toString());
    }
    labels.forEach((concept, file) -> settings.put(Setting.LABELS, concept, file.toAbsolutePath()));
    if (!concepts.isEmpty()) {
      settings.put(Setting.CONCEPTS, concepts);
    }
    if (allowCut) {
      settings.put(Setting.ALLOW_CUT, "true");
    }
    if (aggregation != null) {
      settings.put(Setting.AGGREGATION, aggregation);
    }
    if (!layers.isEmpty()) {
      settings.put(Setting.LAYERS, layers.stream().map(String::valueOf).toList());
    }
    if (longSentences != null) {
      settings.put(Setting.LONG_SENTENCES, longSentences);
    }
    if (encoding != null) {
      settings.put(Setting.ENCODING, encoding);
    }
  }

  /** Concepts that were asked for by name. */
  List<String> concepts() {
    return List.copyOf(concepts);
  }
}

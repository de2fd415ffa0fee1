package io.salient.standalone.command;

import io.salient.extractor.CheckpointExport;
import io.salient.extractor.extraction.ExtractionEstimate;
import io.salient.extractor.extraction.ExtractionProgress;
import io.salient.extractor.neurox.ActivationWriter;
import io.salient.extractor.settings.ExtractorSettings;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.standalone.Progress;
import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the activations of a checkpoint to a file. */
@Command(
    name = "extract",
    description =
        "Runs a checkpoint over a corpus and writes the activations of its words in NeuroX's"
            + " formats.",
    mixinStandardHelpOptions = true)
public final class ExtractCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CHECKPOINT_DIR", description = "A checkpoint folder.")
  private Path checkpoint;

  @Option(
      names = "--corpus",
      required = true,
      paramLabel = "FILE",
      description =
          "CoNLL-U, tab-separated columns, or plain text: one sentence a line, words separated by"
              + " blanks.")
  private Path corpus;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE.hdf5|FILE.json",
      description = "What is written: HDF5 or JSON lines, by its ending.")
  private Path output;

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "N",
      description =
          "Layers to write, such as 0,6,12: 0 is the embeddings, -1 the last. Default: all.")
  private List<Integer> layers = List.of();

  @Option(
      names = "--aggregation",
      paramLabel = "last|first|average",
      description = "How the vectors of a word's subwords become one. Default: last.")
  private String aggregation;

  @Option(
      names = "--dtype",
      paramLabel = "float32|float16",
      description = "Number format in the file. Default: float32.")
  private Dtype dtype = Dtype.FLOAT32;

  @Mixin private SizeLimitOption limit;
  @Mixin private BaseModelOption baseModel;
  @Mixin private UntrainedOptions untrained;

  @Spec private CommandSpec spec;

  /** Number formats that a file may have. */
  enum Dtype {
    FLOAT32,
    FLOAT16
  }

  @Override
  public Integer call() throws IOException {
    requireUsable();
    Path folder = OneShot.source(checkpoint);
    ExtractionStarted extracted;
    try (Progress progress = Progress.onStandardError()) {
      extracted =
          CheckpointExport.run(
              settings(folder), folder, output, spec.root().version()[0], showing(progress));
    }
    System.out.println(summary(extracted)); // once the bar has gone
    return 0;
  }

  private void requireUsable() throws IOException {
    try {
      ActivationWriter.isJson(output);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--output " + e.getMessage(), e);
    }
    Path folder = output.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("--output: the folder " + folder + " is not there");
    }
  }

  private ExtractorSettings settings(Path folder) {
    Settings options = new Settings();
    options.put(Setting.ROOTS, List.of(folder.toString()));
    options.put(Setting.CORPUS, corpus.toAbsolutePath().toString());
    options.put(Setting.ENCODING, dtype.name());
    if (!layers.isEmpty()) {
      options.put(Setting.LAYERS, layers.stream().map(String::valueOf).toList());
    }
    if (aggregation != null) {
      options.put(Setting.AGGREGATION, aggregation);
    }
    limit.addTo(options);
    baseModel.addTo(options);
    untrained.addTo(options);
    return options.read(ExtractorSettings.class);
  }

  private static ExtractionProgress showing(Progress progress) {
    return new ExtractionProgress() {
      @Override
      public void started(ExtractionStarted started) {
        progress.say(ExtractionEstimate.inWords(started));
      }

      @Override
      public void sent(int rows, int total, int blocks) {
        progress.show("words through the model", (double) rows / total);
      }
    };
  }

  private String summary(ExtractionStarted extracted) {
    int missing = extracted.getTruncatedWords() + extracted.getDroppedWords();
    return output
        + ": "
        + extracted.getCorpus().getSentenceStarts().size()
        + " sentences, "
        + extracted.getCorpus().getWords()
        + " words, "
        + extracted.getLayers()
        + " layers of "
        + extracted.getHiddenSize()
        + " units"
        + (missing == 0
            ? ""
            : "; zeros stand for "
                + extracted.getTruncatedWords()
                + " words beyond the position limit and "
                + extracted.getDroppedWords()
                + " without a subword");
  }
}

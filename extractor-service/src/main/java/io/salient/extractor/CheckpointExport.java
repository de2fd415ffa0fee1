package io.salient.extractor;

import io.salient.extractor.corpus.CorpusReader;
import io.salient.extractor.extraction.ExtractionProgress;
import io.salient.extractor.extraction.FileExtraction;
import io.salient.extractor.settings.ConfiguredCorpus;
import io.salient.extractor.settings.ConfiguredExtraction;
import io.salient.extractor.settings.ExtractorSettings;
import io.salient.extractor.tokenization.ExtractionCorpus;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.torch.TorchEngine;
import java.nio.file.Path;

/**
 * Writes the activations of a checkpoint to a file of NeuroX's formats, with neither Kafka nor CDI.
 */
public final class CheckpointExport {
  private CheckpointExport() {}

  /**
   * Runs the model over the corpus of the settings, whose labels do not matter; it may be plain
   * text.
   *
   * @param checkpoint a folder under the roots of the settings
   * @param output ends with .hdf5 or .json
   * @param version version of the code
   * @return what was extracted
   * @throws io.salient.extractor.corpus.CorpusException when the corpus cannot be used
   * @throws io.salient.extractor.checkpoint.CheckpointException when the checkpoint or the file
   *     cannot
   */
  public static ExtractionStarted run(
      ExtractorSettings settings,
      Path checkpoint,
      Path output,
      String version,
      ExtractionProgress progress) {
    Path file = Path.of(settings.corpus().path().orElseThrow());
    ExtractionCorpus corpus = ConfiguredCorpus.tokenized(CorpusReader.readWords(file), settings);
    TorchEngine.start();
    return FileExtraction.run(
        ConfiguredExtraction.of(settings, corpus, version), corpus, checkpoint, output, progress);
  }
}

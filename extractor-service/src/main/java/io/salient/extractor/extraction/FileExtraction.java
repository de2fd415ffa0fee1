package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.tokenization.ExtractionCorpus;
import io.salient.schemas.avro.CheckpointSaved;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.torch.SafetensorsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** An {@link Extraction} of one checkpoint to a file of NeuroX's formats, without Kafka. */
public final class FileExtraction {
  private FileExtraction() {}

  /**
   * Extracts. The only checkpoint is the baseline, as where random weights are asked for.
   *
   * @param checkpoint absolute path of the folder
   * @param output ends with .hdf5 or .json
   * @return what was extracted
   * @throws CheckpointException when the checkpoint cannot be used, or the file not be written; its
   *     message says all
   */
  public static ExtractionStarted run(
      Extraction extraction,
      ExtractionCorpus corpus,
      Path checkpoint,
      Path output,
      ExtractionProgress progress) {
    CheckpointSaved saved =
        CheckpointSaved.newBuilder()
            .setRun("extract")
            .setStep(0)
            .setUri(checkpoint.toString())
            .setBaseline(true)
            .setAnnouncedAt(Instant.EPOCH)
            .build();
    List<String> words =
        IntStream.range(0, corpus.info().getWords()).mapToObj(corpus::word).toList();
    try (FileSink sink = new FileSink(output, words)) {
      extraction.run(saved, sink, progress, () -> false, id -> {});
      return sink.finish();
    } catch (CheckpointException | SafetensorsException e) {
      DataError error = DataError.of(e);
      throw new CheckpointException(error.code(), error.message());
    }
  }
}

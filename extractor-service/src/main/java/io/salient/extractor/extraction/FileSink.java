package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.neurox.ActivationWriter;
import io.salient.extractor.neurox.StoredShape;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.ExtractionStarted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Takes the records of one extraction and writes the activations to a file instead of Kafka. */
final class FileSink implements BlockSink, AutoCloseable {
  private final Path output;
  private final List<String> words;
  private ActivationWriter writer;
  private ExtractionStarted started;

  /**
   * A file to be written.
   *
   * @param words by corpus word index
   */
  FileSink(Path output, List<String> words) {
    this.output = output;
    this.words = words;
  }

  @Override
  public void send(String run, SpecificRecord activation) {
    try {
      switch (activation) {
        case ExtractionStarted opening -> {
          started = opening;
          writer = new ActivationWriter(output, shape(opening), words);
        }
        case ActivationBlock block -> writer.put(block.getRows(), block.getActivations());
        default -> throw new IllegalArgumentException(activation.getSchema().getName());
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static StoredShape shape(ExtractionStarted opening) {
    return new StoredShape(
        opening.getCorpus().getSentenceStarts().stream().mapToInt(Integer::intValue).toArray(),
        opening.getCorpus().getWords(),
        opening.getLayers(),
        opening.getLayerNumbers().stream().mapToInt(Integer::intValue).toArray(),
        opening.getHiddenSize(),
        opening.getEncoding());
  }

  @Override
  public void awaitAll() {
    // Each send has written.
  }

  /** Finishes the file; what the extraction said of itself. */
  ExtractionStarted finish() {
    try {
      writer.finish();
      return started;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private CheckpointException failed(IOException e) {
    return new CheckpointException(
        "extract.output", output + " cannot be written: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }
}

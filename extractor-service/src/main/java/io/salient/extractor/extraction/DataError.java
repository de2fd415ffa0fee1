package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.torch.SafetensorsException;
import java.util.concurrent.CancellationException;
import org.apache.kafka.common.KafkaException;

/**
 * Decides what an exception means: of the checkpoint, so that the next try would end the same and
 * the next checkpoint goes on; or of the world around, which has to be waited for.
 *
 * @param code short code of the reason
 * @param message what is wrong, for people
 */
record DataError(String code, String message) {
  /** True for Kafka's troubles and a stop that was asked for: to be rethrown. */
  static boolean isInfrastructure(RuntimeException e) {
    return e instanceof KafkaException || e instanceof CancellationException;
  }

  /** What to tell of any other exception. */
  static DataError of(RuntimeException e) {
    return switch (e) {
      case CheckpointException refused -> new DataError(refused.code(), refused.getMessage());
      case SafetensorsException refused -> new DataError(refused.code(), refused.getMessage());
      default -> new DataError("extraction.failed", firstLine(e));
    };
  }

  private static String firstLine(RuntimeException e) {
    String message = e.getMessage() == null ? "" : e.getMessage().lines().findFirst().orElse("");
    return e.getClass().getSimpleName() + ": " + message;
  }
}

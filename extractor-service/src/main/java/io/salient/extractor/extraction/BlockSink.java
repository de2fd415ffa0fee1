package io.salient.extractor.extraction;

import org.apache.avro.specific.SpecificRecord;

/**
 * Where the records of an extraction go: {@code ExtractionStarted}, {@code ActivationBlock}, {@code
 * ExtractionFailed}.
 */
public interface BlockSink {
  /**
   * Takes a record; it need not have arrived when this returns.
   *
   * @throws org.apache.kafka.common.KafkaException when this or an earlier record did not arrive
   */
  void send(String run, SpecificRecord activation);

  /**
   * Returns when all records have arrived.
   *
   * @throws org.apache.kafka.common.KafkaException when one did not
   */
  void awaitAll();
}

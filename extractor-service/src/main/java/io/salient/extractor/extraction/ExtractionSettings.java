package io.salient.extractor.extraction;

import io.salient.schemas.avro.Aggregation;
import io.salient.schemas.avro.Encoding;

/**
 * How every checkpoint is extracted.
 *
 * @param aggregation how the vectors of a word's subwords become one
 * @param encoding number format of the blocks
 * @param layers which layers of the model are sent
 * @param maxBytes of all vectors of a checkpoint on the way; more is refused
 * @param seed seed of the order of batches, for the provenance
 * @param version version of the code, for the provenance
 */
public record ExtractionSettings(
    Aggregation aggregation,
    Encoding encoding,
    LayerChoice layers,
    long maxBytes,
    long seed,
    String version) {}

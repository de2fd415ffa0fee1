package io.salient.torch;

import ai.djl.ndarray.types.Shape;

/**
 * What a safetensors header says of one tensor, validated.
 *
 * @param name name in the checkpoint, such as {@code bert.embeddings.word_embeddings.weight}
 * @param dtype element type
 * @param shape dimensions, row-major; no dimension is negative
 * @param offset first byte, counted from the end of the header
 * @param bytes number of bytes: elements x {@link TensorDtype#bytes}
 */
public record TensorInfo(String name, TensorDtype dtype, Shape shape, long offset, long bytes) {}

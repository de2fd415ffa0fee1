package io.salient.extractor.checkpoint;

import java.nio.file.Path;

/**
 * A checkpoint folder of a run.
 *
 * @param step training step
 * @param path the folder
 */
public record StepFolder(long step, Path path) {}

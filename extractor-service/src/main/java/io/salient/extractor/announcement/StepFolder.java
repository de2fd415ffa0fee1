package io.salient.extractor.announcement;

import java.nio.file.Path;

/**
 * A checkpoint folder of a run.
 *
 * @param step training step
 * @param path the folder, or the file of its activations
 */
public record StepFolder(long step, Path path) {}

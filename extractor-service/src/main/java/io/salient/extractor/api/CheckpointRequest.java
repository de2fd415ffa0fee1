package io.salient.extractor.api;

/**
 * Body of {@code POST /checkpoints}.
 *
 * @param run name of the run
 * @param step training step; may be missing where the folder is called checkpoint-&lt;step&gt;
 * @param uri absolute path or file: URI of the checkpoint folder
 * @param baseline whether drift is measured against it; false when missing
 * @param again whether it is extracted even if the same bytes were before; false when missing
 */
public record CheckpointRequest(
    String run, Long step, String uri, Boolean baseline, Boolean again) {}

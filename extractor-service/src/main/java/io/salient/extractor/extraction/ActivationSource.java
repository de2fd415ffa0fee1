package io.salient.extractor.extraction;

import java.util.function.BooleanSupplier;

/** Where the activations of one checkpoint come from: a model, or a file they were stored in. */
interface ActivationSource extends AutoCloseable {
  /** Tells the bytes of this checkpoint from all others. */
  String checkpointId();

  /**
   * Reads what is needed to go on without the source, or to read on from an open file.
   *
   * @param stop asked now and then
   * @throws io.salient.extractor.checkpoint.CheckpointException when the checkpoint cannot be used
   * @throws io.salient.torch.SafetensorsException when its weights cannot
   * @throws java.util.concurrent.CancellationException when it was stopped
   */
  CheckpointActivations read(BooleanSupplier stop);

  /** Lets go of the folder. */
  @Override
  void close();
}

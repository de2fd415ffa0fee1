package io.salient.standalone.demo;

import ai.djl.ndarray.NDManager;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A small BERT, pre-trained for some seconds on masked words and then fine-tuned to tell what a
 * sentence is about, with a checkpoint every few steps. It leaves the processor to the services
 * between steps: what there is to see is them.
 */
public final class TinyFineTuning {
  /** Sentences that the model learns from. */
  private static final int SENTENCES = 4_000;

  private static final int PRETRAINING_STEPS = 300;
  private static final float PRETRAINING_RATE = 2e-3f;
  private static final float FINE_TUNING_RATE = 1e-3f;

  private final Path runFolder;
  private final long seed;
  private final List<Long> checkpoints;
  private final long pauseMillis;
  private final int pretrainingSteps;
  private final Consumer<String> progress;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * A training that has not started.
   *
   * @param runFolder where checkpoint folders are written
   * @param checkpoints the steps that are saved, ascending, starting with 0
   * @param pauseMillis pause after each step of the fine-tuning
   * @param progress hears one line for every stage and checkpoint
   */
  public TinyFineTuning(
      Path runFolder,
      long seed,
      List<Long> checkpoints,
      long pauseMillis,
      Consumer<String> progress) {
    this(runFolder, seed, checkpoints, pauseMillis, PRETRAINING_STEPS, progress);
  }

  /** With a pre-training of any length: a test need not wait for a model that knows anything. */
  TinyFineTuning(
      Path runFolder,
      long seed,
      List<Long> checkpoints,
      long pauseMillis,
      int pretrainingSteps,
      Consumer<String> progress) {
    this.runFolder = runFolder;
    this.seed = seed;
    this.checkpoints = List.copyOf(checkpoints);
    this.pauseMillis = pauseMillis;
    this.pretrainingSteps = pretrainingSteps;
    this.progress = progress;
  }

  /** Ends the training after the step it is at. */
  public void stop() {
    stopped.countDown();
  }

  /** Trains until the last checkpoint is written. */
  public void run() throws IOException, InterruptedException {
    TorchEngine.start();
    DemoVocabulary vocabulary = new DemoVocabulary();
    CheckpointWriter writer = new CheckpointWriter(runFolder, vocabulary);
    List<DemoCorpus.Sentence> sentences = DemoCorpus.sentences(SENTENCES, seed);
    List<Map<String, Object>> history = new ArrayList<>();
    try (NDManager manager = TorchEngine.newManager()) {
      manager.getEngine().setRandomSeed((int) seed);
      try (DemoModel model = new DemoModel(manager, vocabulary.size())) {
        pretrain(new DemoTraining(model, vocabulary, sentences, PRETRAINING_RATE, seed));
        DemoTraining training =
            new DemoTraining(model, vocabulary, sentences, FINE_TUNING_RATE, seed + 1);
        long step = 0;
        for (long next : checkpoints) {
          while (step < next && !stopped.await(pauseMillis, TimeUnit.MILLISECONDS)) {
            history.add(Map.of("step", ++step, "loss", training.fineTune()));
          }
          if (stopped.getCount() == 0) {
            return;
          }
          writer.write(next, model, history);
          progress.accept("checkpoint " + next + " written");
        }
        progress.accept("the fine-tuning has ended; the page stays");
      }
    }
  }

  private void pretrain(DemoTraining training) {
    progress.accept("pre-training a small BERT on masked words");
    for (int step = 0; step < pretrainingSteps && stopped.getCount() > 0; step++) {
      training.pretrain();
    }
  }
}

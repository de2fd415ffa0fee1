package io.salient.standalone.demo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.salient.torch.TorchEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Gradient steps on a {@link DemoModel}. Gradients are recorded on the calling thread only, through
 * LibTorch's own switch: DJL's gradient collector would walk the arrays of every thread.
 */
final class DemoTraining {
  private static final int BATCH = 24;
  private static final double MASKED = 0.2;

  private final DemoModel model;
  private final DemoVocabulary vocabulary;
  private final List<DemoCorpus.Sentence> sentences;
  private final Random random;
  private final Optimizer optimizer;

  DemoTraining(
      DemoModel model,
      DemoVocabulary vocabulary,
      List<DemoCorpus.Sentence> sentences,
      float learningRate,
      long seed) {
    this.model = model;
    this.vocabulary = vocabulary;
    this.sentences = sentences;
    this.random = new Random(seed);
    this.optimizer = Adam.builder().optLearningRateTracker(Tracker.fixed(learningRate)).build();
  }

  /** One step of masked-word prediction; returns the loss. */
  float pretrain() {
    return step(
        batch -> {
          NDArray scores =
              model.maskedWordScores(batch.lastState(model)).reshape(-1, vocabulary.size());
          return crossEntropy(scores, batch.targets(), batch.masked());
        },
        true);
  }

  /** One step of telling the topic of a sentence; returns the loss. */
  float fineTune() {
    return step(
        batch -> {
          NDArray scores = model.topicScores(batch.lastState(model));
          return crossEntropy(
              scores,
              batch.topics(),
              batch.topics().onesLike().toType(ai.djl.ndarray.types.DataType.FLOAT32, false));
        },
        false);
  }

  private float step(Function<Batch, NDArray> objective, boolean masking) {
    TorchEngine.onThisThread();
    try (NDManager manager = TorchEngine.newManager()) {
      Batch batch = batch(manager, masking);
      JniUtils.setGradMode(true);
      NDArray loss;
      try {
        loss = objective.apply(batch);
        JniUtils.backward(
            (PtNDArray) loss, (PtNDArray) manager.ones(loss.getShape()), false, false);
      } finally {
        JniUtils.setGradMode(false);
      }
      model.parameters().forEach(this::update);
      return loss.getFloat();
    }
  }

  private void update(String name, NDArray parameter) {
    NDArray gradient = parameter.getGradient();
    if (gradient != null) {
      optimizer.update(name, parameter, gradient);
      JniUtils.zeroGrad((PtNDArray) parameter);
      gradient.close();
    }
  }

  /** Mean over the rows that count. */
  private static NDArray crossEntropy(NDArray scores, NDArray targets, NDArray counts) {
    NDArray logProbabilities = scores.logSoftmax(-1);
    NDArray picked = logProbabilities.gather(targets.reshape(-1, 1), 1).reshape(-1);
    return picked.mul(counts.reshape(-1)).sum().neg().div(counts.sum());
  }

  private record Batch(NDArray ids, NDArray mask, NDArray targets, NDArray masked, NDArray topics) {
    NDArray lastState(DemoModel model) {
      NDList states = model.hiddenStates(ids, mask);
      return states.get(states.size() - 1);
    }
  }

  private Batch batch(NDManager manager, boolean masking) {
    List<int[]> encoded = new ArrayList<>();
    long[] topics = new long[BATCH];
    for (int i = 0; i < BATCH; i++) {
      DemoCorpus.Sentence sentence = sentences.get(random.nextInt(sentences.size()));
      encoded.add(vocabulary.encode(sentence.words()));
      topics[i] = sentence.topic();
    }
    int length = encoded.stream().mapToInt(ids -> ids.length).max().orElseThrow();
    long[] ids = new long[BATCH * length];
    float[] mask = new float[BATCH * length];
    float[] masked = new float[BATCH * length];
    for (int i = 0; i < BATCH; i++) {
      for (int t = 0; t < encoded.get(i).length; t++) {
        ids[i * length + t] = encoded.get(i)[t];
        mask[i * length + t] = 1;
      }
    }
    long[] targets = ids.clone();
    if (masking) {
      mask(ids, masked);
    }
    Shape shape = new Shape(BATCH, length);
    return new Batch(
        manager.create(ids, shape),
        manager.create(mask, shape),
        manager.create(targets),
        manager.create(masked),
        manager.create(topics));
  }

  private void mask(long[] ids, float[] masked) {
    for (int t = 0; t < ids.length; t++) {
      if (ids[t] > DemoVocabulary.MASK && random.nextDouble() < MASKED) {
        ids[t] = DemoVocabulary.MASK;
        masked[t] = 1;
      }
    }
    if (Arrays.equals(masked, new float[masked.length])) {
      masked[1] = 1; // a batch without a masked word would divide by zero
    }
  }
}

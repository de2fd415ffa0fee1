package io.salient.extractor.model;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.checkpoint.Quantisation;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Family;
import io.salient.extractor.model.family.Albert;
import io.salient.extractor.model.family.Bert;
import io.salient.extractor.model.family.DebertaV2;
import io.salient.extractor.model.family.DistilBert;
import io.salient.extractor.model.family.Electra;
import io.salient.extractor.model.family.Flaubert;
import io.salient.extractor.model.family.Gemma;
import io.salient.extractor.model.family.Gpt2;
import io.salient.extractor.model.family.GptNeox;
import io.salient.extractor.model.family.Llama;
import io.salient.extractor.model.family.Mistral;
import io.salient.extractor.model.family.ModernBert;
import io.salient.extractor.model.family.MpNet;
import io.salient.extractor.model.family.Opt;
import io.salient.extractor.model.family.Qwen2;
import io.salient.extractor.model.family.Qwen3;
import io.salient.extractor.model.family.Roberta;
import io.salient.extractor.model.family.T5;
import io.salient.extractor.model.family.XlNet;
import java.util.List;

/** Which families of models there are. */
public final class Encoders {
  private static final List<Family> FAMILIES =
      List.of(
          new Albert(),
          new Bert(),
          new DebertaV2(),
          new DistilBert(),
          new Electra(),
          new Flaubert(),
          new Gemma(),
          new Gpt2(),
          new GptNeox(),
          new Llama(),
          new Mistral(),
          new ModernBert(),
          new MpNet(),
          new Opt(),
          new Qwen2(),
          new Qwen3(),
          new Roberta(),
          new T5(),
          new XlNet());

  /** Every {@code model_type} that can be read. */
  public static final List<String> SUPPORTED =
      FAMILIES.stream().flatMap(family -> family.modelTypes().stream()).sorted().toList();

  private Encoders() {}

  /**
   * Reads the weights of a checkpoint into a model of its family. Afterwards the checkpoint's files
   * are not needed any more.
   *
   * @throws CheckpointException when family, configuration or weights cannot be used
   */
  public static Encoder load(CheckpointFolder checkpoint) {
    return load(checkpoint, Dtype.FLOAT32);
  }

  /** The same with linear layers in other numbers. */
  public static Encoder load(CheckpointFolder checkpoint, Dtype dtype) {
    Architecture architecture = family(checkpoint).architecture(checkpoint.config());
    return ProgramEncoder.load(checkpoint, architecture, dtype);
  }

  /**
   * Makes sure that {@link #load} would succeed, as far as the configuration and the names and
   * shapes of the tensors tell; nothing of the weights is read.
   *
   * @throws CheckpointException when family, configuration or tensors cannot be used
   */
  public static void require(CheckpointFolder checkpoint) {
    Architecture architecture = family(checkpoint).architecture(checkpoint.config());
    new WantedTensors(checkpoint, architecture).requireAll(architecture);
  }

  private static Family family(CheckpointFolder checkpoint) {
    Quantisation.requireNone(checkpoint);
    String type = checkpoint.config().modelType();
    return FAMILIES.stream()
        .filter(family -> family.modelTypes().contains(type))
        .findFirst()
        .orElseThrow(
            () ->
                checkpoint
                    .config()
                    .refused("model_type", "is " + type + "; supported are " + SUPPORTED));
  }
}

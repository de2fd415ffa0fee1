package io.salient.extractor.checkpoint;

import io.salient.torch.TensorInfo;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * An untrained model: names and shapes of a checkpoint's tensors, values as its family draws them
 * before the first step. The same seed gives the same values on every machine, whatever the order
 * in which tensors are read: each tensor has a generator of its own, seeded by its name.
 */
final class RandomWeights implements CheckpointWeights {
  /** Changes when the same seed gives other values than before. */
  private static final int RECIPE = 1;

  /** Elements that one thread draws at once. */
  private static final long SHARE = 1L << 18;

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private final CheckpointWeights shapes;
  private final InitialValues initial;
  private final ModelConfig config;
  private final long seed;

  RandomWeights(CheckpointWeights shapes, ModelConfig config, long seed) {
    this.shapes = shapes;
    this.config = config;
    this.initial = new InitialValues(config);
    this.seed = seed;
  }

  @Override
  public Map<String, TensorInfo> tensors() {
    return shapes.tensors();
  }

  @Override
  public void read(String name, MemorySegment target) {
    InitialValues.Values values = initial.of(name, tensors().get(name).shape());
    long count = target.byteSize() / 4;
    NormalDraws draws = new NormalDraws(seedOf(name));
    LongStream.range(0, (count + SHARE - 1) / SHARE)
        .parallel()
        .forEach(
            share -> {
              for (long i = share * SHARE; i < Math.min(count, (share + 1) * SHARE); i++) {
                double z = values.deviation() == 0 ? 0 : draws.at(i, values.cut());
                target.set(FLOAT, 4 * i, (float) (values.mean() + values.deviation() * z));
              }
            });
  }

  private long seedOf(String name) {
    return HexFormat.fromHexDigitsToLong(Sha256.of(seed + " " + name), 0, 16);
  }

  @Override
  public String id() {
    StringBuilder all =
        new StringBuilder(
            "random weights " + RECIPE + "\nseed " + seed + "\n" + config.id() + "\n");
    new TreeMap<>(tensors())
        .forEach(
            (name, tensor) -> all.append(name).append(' ').append(tensor.shape()).append('\n'));
    return Sha256.of(all.toString());
  }

  @Override
  public void close() {
    shapes.close();
  }
}

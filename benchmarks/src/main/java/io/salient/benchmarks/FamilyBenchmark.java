package io.salient.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.model.Encoders;
import io.salient.extractor.model.WordBatch;
import io.salient.schemas.avro.Aggregation;
import io.salient.torch.TorchEngine;
import io.salient.torch.TorchProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Batches of a checkpoint whenever a rival asks for one, so that both take turns on the machine:
 * {@code benchmarks/compare-pytorch} is that rival. Argument: the checkpoint folder. Commands, one
 * a line on standard input, each answered by a line:
 *
 * <pre>
 * load                  seconds that the checkpoint takes to load
 * batch                 seconds of a batch: one vector per word and layer
 * products OUT IN ...   seconds of linear layers of these shapes alone, on the same tokens
 * write FILE            the batch's subword ids (int32) and its vectors (float32), for comparison
 * </pre>
 */
public final class FamilyBenchmark implements AutoCloseable {
  static final int SENTENCES = 32;
  static final int LENGTH = 64;
  private static final String PRODUCTS =
      """
      def products(self, x: List[Tensor], w: List[Tensor]) -> int:
        for i in range(len(w)):
          y = self.linear(x[i], w[i], None)
        return len(w)
      """;

  private final Path folder;
  private final NDManager manager = TorchEngine.newManager();
  private final Encoder encoder;
  private final WordBatch batch;
  private final TorchProgram products = TorchProgram.compile("products", PRODUCTS);
  private Object[] layers;

  private FamilyBenchmark(Path folder) {
    this.folder = folder;
    try (CheckpointFolder checkpoint = CheckpointFolder.open(folder)) {
      encoder = Encoders.load(checkpoint);
    }
    batch = batch(encoder.vocabulary());
  }

  /** Arguments: a checkpoint folder and the number of threads. */
  public static void main(String[] args) throws IOException {
    System.setProperty(TorchEngine.THREADS_PROPERTY, args[1]);
    try (FamilyBenchmark benchmark = new FamilyBenchmark(Path.of(args[0]));
        BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.printf("ready %d %d%n", TorchEngine.threads(), benchmark.encoder.layers());
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        System.out.println(benchmark.answer(line.split(" ")));
      }
    }
  }

  private String answer(String[] command) throws IOException {
    return switch (command[0]) {
      case "load" -> seconds(this::loadOnce);
      case "batch" -> seconds(scratch -> encoder.words(scratch, batch, Aggregation.LAST));
      case "products" -> {
        layers = layers == null ? layers(command) : layers;
        yield seconds(scratch -> products.call(scratch, "products", layers));
      }
      case "write" -> write(Path.of(command[1]));
      default -> throw new IllegalArgumentException(command[0]);
    };
  }

  private String seconds(Consumer<NDManager> work) {
    return Double.toString(Seconds.of(manager, work));
  }

  private Object loadOnce(NDManager scratch) {
    try (CheckpointFolder checkpoint = CheckpointFolder.open(folder);
        Encoder loaded = Encoders.load(checkpoint)) {
      return loaded.layers();
    }
  }

  private Object[] layers(String[] command) {
    NDArray[] inputs = new NDArray[command.length / 2];
    NDArray[] weights = new NDArray[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      int out = Integer.parseInt(command[1 + 2 * i]);
      int in = Integer.parseInt(command[2 + 2 * i]);
      weights[i] = manager.randomNormal(new Shape(out, in));
      inputs[i] = manager.randomNormal(new Shape(SENTENCES, LENGTH, in));
    }
    return new Object[] {inputs, weights};
  }

  private String write(Path file) {
    try (NDManager scratch = manager.newSubManager()) {
      float[] rows = encoder.words(scratch, batch, Aggregation.LAST).toFloatArray();
      ByteBuffer bytes =
          ByteBuffer.allocate(4 * (SENTENCES * LENGTH + rows.length))
              .order(ByteOrder.nativeOrder());
      Arrays.stream(batch.ids())
          .flatMapToLong(Arrays::stream)
          .forEach(id -> bytes.putInt((int) id));
      bytes.slice().order(ByteOrder.nativeOrder()).asFloatBuffer().put(FloatBuffer.wrap(rows));
      Files.write(file, bytes.array());
      return "written";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every second subword ends a word. */
  private static WordBatch batch(int vocabulary) {
    Random random = new Random(7);
    long[][] ids = new long[SENTENCES][LENGTH];
    WordBatch.Word[] words = new WordBatch.Word[SENTENCES * LENGTH / 2];
    for (int s = 0; s < SENTENCES; s++) {
      for (int t = 0; t < LENGTH; t++) {
        ids[s][t] = random.nextInt(vocabulary);
        if (t % 2 == 1) {
          words[(s * LENGTH + t) / 2] = new WordBatch.Word(s, t - 1, t);
        }
      }
    }
    return new WordBatch(ids, words);
  }

  @Override
  public void close() {
    products.close();
    encoder.close();
    manager.close();
  }
}

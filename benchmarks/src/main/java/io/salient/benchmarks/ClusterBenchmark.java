package io.salient.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.lca.ActivationMatrix;
import io.salient.lca.clustering.NeuronClusters;
import io.salient.lca.clustering.NeuronClusters.Cluster;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Time and memory of clustering BERT-base's 9,984 neurons: {@code benchmarks/run ClusterBenchmark
 * [WORDS]}. Activations lie in a mapped file, as the probe service has them: every neuron is one of
 * 1,248 signals and noise, eight neurons to a signal, at a correlation of 0.64 within a group. The
 * largest anonymous resident size is that of the process: heap, LibTorch and the correlations, not
 * the pages of the file.
 */
public final class ClusterBenchmark {
  private static final int WIDTH = 9_984;
  private static final int GROUP = 8;
  private static final int CHUNK = 1_000;
  private static final double THRESHOLD = 0.5;

  private ClusterBenchmark() {}

  /** Prints seconds, memory, and whether the groups were found. */
  public static void main(String[] arguments) throws IOException {
    int words = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 25_000;
    TorchEngine.start();
    Path file = Files.createTempFile("salient-clusters-", ".matrix");
    try (Arena arena = Arena.ofShared();
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor()) {
      long bytes = 4L * words * WIDTH;
      MemorySegment values = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
      fill(values, words);
      System.gc();
      AtomicLong peak = new AtomicLong();
      ScheduledFuture<?> sampling =
          sampler.scheduleAtFixedRate(
              () -> peak.accumulateAndGet(anonymousBytes(), Math::max),
              0,
              20,
              TimeUnit.MILLISECONDS);
      measure(new Matrix(values, words));
      sampling.cancel(false);
      System.out.printf("largest anonymous resident size %d MiB%n", peak.get() >> 20);
    } finally {
      Files.delete(file);
    }
  }

  private static void measure(Matrix matrix) {
    long start = System.nanoTime();
    double[] correlated = {0};
    List<Cluster> clusters =
        NeuronClusters.of(
            matrix,
            IntStream.range(0, matrix.rows()).toArray(),
            THRESHOLD,
            share -> correlated[0] = Seconds.since(start));
    double seconds = Seconds.since(start);
    long found = clusters.stream().filter(ClusterBenchmark::isPlanted).count();
    System.out.printf(
        "%d words x %d neurons, %d threads: %.1f s, correlations %.1f s of them; %d clusters, %d of"
            + " %d planted groups found%n",
        matrix.rows(),
        WIDTH,
        TorchEngine.threads(),
        seconds,
        correlated[0],
        clusters.size(),
        found,
        WIDTH / GROUP);
  }

  private static boolean isPlanted(Cluster cluster) {
    int[] neurons = cluster.neurons();
    return neurons.length == GROUP
        && neurons[0] % GROUP == 0
        && neurons[GROUP - 1] == neurons[0] + GROUP - 1;
  }

  private static void fill(MemorySegment values, int words) {
    try (NDManager manager = TorchEngine.newManager()) {
      manager.getEngine().setRandomSeed(7);
      for (int first = 0; first < words; first += CHUNK) {
        int count = Math.min(CHUNK, words - first);
        try (NDManager local = manager.newSubManager()) {
          NDArray signals = local.randomNormal(new Shape(count, WIDTH / GROUP));
          NDArray x = signals.repeat(1, GROUP).mul(0.8);
          x = x.add(local.randomNormal(new Shape(count, WIDTH)).mul(0.6));
          TorchEngine.copy(x, values.asSlice(4L * first * WIDTH, 4L * count * WIDTH));
        }
      }
    }
  }

  private static long anonymousBytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // not Linux: time alone is told
    }
  }

  /** Rows of a mapped file. */
  private record Matrix(MemorySegment values, int rows) implements ActivationMatrix {
    @Override
    public int width() {
      return WIDTH;
    }

    @Override
    public void read(int row, MemorySegment target) {
      MemorySegment.copy(values, 4L * row * WIDTH, target, 0, 4L * WIDTH);
    }
  }
}

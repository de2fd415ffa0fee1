package io.salient.torch;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What has to be so before DJL loads, and what LibTorch has to be told in each thread. */
final class EngineStart {
  /** Held here: java.util.logging forgets the level of a logger that nobody holds. */
  private static final Logger DJL_LOG = Logger.getLogger("ai.djl");

  private EngineStart() {}

  /** Loads DJL's PyTorch engine. */
  static Engine start(int threads) {
    // Otherwise DJL looks for native libraries, models and a usage counter on the network.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.default_engine", "PyTorch");
    System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    quieten();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // DJL finds engines through the context class loader, which in a Kafka or common-pool thread
    // need not be ours.
    thread.setContextClassLoader(EngineStart.class.getClassLoader());
    try {
      return Engine.getEngine("PyTorch");
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalStateException(
          "LibTorch cannot be loaded ("
              + firstLine(e)
              + "). It is unpacked from the pytorch-native-cpu jar to "
              + cacheFolder()
              + ": that folder must be writable and allow executing libraries; set DJL_CACHE_DIR to"
              + " use another",
          e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Settings that LibTorch keeps for each thread. */
  static void prepareThread(int threads) {
    JniUtils.setGradMode(false);
    JniUtils.setGraphExecutorOptimize(false);
    JniUtils.setNumThreads(threads);
  }

  private static void quieten() {
    if (DJL_LOG.getLevel() == null) {
      DJL_LOG.setLevel(Level.WARNING);
    }
    // Without any slf4j binding, slf4j itself would print three lines to say so.
    if (System.getProperty("slf4j.internal.verbosity") == null) {
      System.setProperty("slf4j.internal.verbosity", "ERROR");
    }
  }

  private static String cacheFolder() {
    String configured = System.getenv("DJL_CACHE_DIR");
    return configured != null
        ? configured
        : System.getProperty("DJL_CACHE_DIR", System.getProperty("user.home") + "/.djl.ai");
  }

  private static String firstLine(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }
}

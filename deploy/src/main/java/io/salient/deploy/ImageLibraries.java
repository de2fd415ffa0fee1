package io.salient.deploy;

import ai.djl.engine.Engine;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Run by the Dockerfile while an image is built, so that a container unpacks nothing at its start.
 *
 * <pre>
 * java -cp deploy.jar io.salient.deploy.ImageLibraries lean IN OUT
 *     jars of IN to OUT/lib, leaner; their native libraries to OUT/native
 * DJL_CACHE_DIR=DIR java -cp deploy.jar:... io.salient.deploy.ImageLibraries engine
 *     LibTorch and the tokenizers' library to DIR, by DJL itself, loaded once to see that they can be
 * </pre>
 */
public final class ImageLibraries {
  private static final String USAGE = "usage: ImageLibraries lean IN OUT | engine";

  private ImageLibraries() {}

  /** Exit code 2 for wrong usage. */
  public static void main(String[] arguments) throws IOException {
    switch (List.of(arguments)) {
      case List<String> words when words.size() == 3 && words.getFirst().equals("lean") ->
          lean(Path.of(words.get(1)), Path.of(words.get(2)));
      case List<String> words when words.equals(List.of("engine")) -> loadEngine();
      default -> {
        System.err.println(USAGE);
        System.exit(2);
      }
    }
  }

  /**
   * Makes the folders {@code lib} and {@code native}.
   *
   * @param libraries folder of jars
   * @param output is made when it is not there
   */
  static void lean(Path libraries, Path output) throws IOException {
    Path lib = Files.createDirectories(output.resolve("lib"));
    Path natives = Files.createDirectories(output.resolve("native"));
    try (Stream<Path> jars = Files.list(libraries)) {
      for (Path jar : jars.filter(path -> path.toString().endsWith(".jar")).sorted().toList()) {
        LeanJar.write(jar, lib, natives);
      }
    }
  }

  /** DJL unpacks what it loads to {@code DJL_CACHE_DIR}. */
  private static void loadEngine() {
    Engine engine = Engine.getEngine("PyTorch");
    LibUtils.checkStatus(); // loads the tokenizers' library
    System.out.println("loaded " + engine);
  }
}

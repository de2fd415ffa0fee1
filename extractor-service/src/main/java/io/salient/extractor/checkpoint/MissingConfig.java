package io.salient.extractor.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What to say of a folder without {@code config.json}: where the model may lie instead. */
final class MissingConfig {
  private static final int NAMED = 3;

  private MissingConfig() {}

  /** What to throw. */
  static CheckpointException of(Path folder) {
    return new CheckpointException(
        "config.missing", folder.resolve("config.json") + " is missing" + advice(folder));
  }

  private static String advice(Path folder) {
    if (AdapterConfig.isIn(folder)) {
      return ", as it is an adapter: give the whole model that it was trained on";
    }
    if (isThere(folder, AdapterConfig.WEIGHTS_FILE)) {
      return ", and so is "
          + AdapterConfig.FILE
          + ", which goes with "
          + AdapterConfig.WEIGHTS_FILE;
    }
    String module = sentenceTransformer(folder);
    if (!module.isEmpty()) {
      return "; modules.json says that the model lies in "
          + module
          + ": give "
          + folder.resolve(module);
    }
    List<String> adapters = subFolders(folder, AdapterConfig.FILE);
    if (!adapters.isEmpty()) {
      return "; an adapter with a name lies in "
          + String.join(", ", adapters)
          + ": give "
          + folder.resolve(adapters.getFirst())
          + ", or move its files up";
    }
    List<String> models = subFolders(folder, "config.json");
    if (!models.isEmpty()) {
      return "; models lie in " + String.join(", ", models) + ": give one of these folders";
    }
    return ": announce the folder that the Trainer saved the checkpoint to";
  }

  /** Where the older layout of sentence-transformers keeps the model; empty elsewhere. */
  private static String sentenceTransformer(Path folder) {
    if (!isThere(folder, "modules.json")) {
      return "";
    }
    return subFolders(folder, "config.json").stream()
        .filter(name -> name.endsWith("_Transformer"))
        .findFirst()
        .orElse("");
  }

  private static List<String> subFolders(Path folder, String file) {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> isThere(child, file))
          .map(child -> child.getFileName().toString())
          .sorted()
          .limit(NAMED)
          .toList();
    } catch (IOException e) {
      return List.of(); // the missing file is told; the rest is a help
    }
  }

  private static boolean isThere(Path folder, String name) {
    return Files.isRegularFile(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }
}

package io.salient.extractor;

import io.salient.extractor.checkpoint.CheckpointRoots;
import io.salient.extractor.checkpoint.WeightChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The LoRA fixtures that {@code src/test/python/make_adapters.py} wrote, in a folder of one's own.
 */
public record AdapterFixture(Path folder) {
  /** Copies one. */
  public static AdapterFixture copy(String name, Path target) {
    try {
      Path source = Path.of(AdapterFixture.class.getResource("/adapters/" + name).toURI());
      try (Stream<Path> files = Files.walk(source)) {
        for (Path file : files.toList()) {
          Path to = target.resolve(source.relativize(file).toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(to);
          } else {
            Files.copy(file, to);
          }
        }
      }
      return new AdapterFixture(target.toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The base model's folder. */
  public Path base() {
    return folder.resolve("base");
  }

  /** The adapter's folder. */
  public Path adapter() {
    return folder.resolve("adapter");
  }

  /** The adapter over that base model. */
  public WeightChoice choice() {
    return new WeightChoice(
        CheckpointRoots.of(List.of(folder.toString())),
        Optional.of(base().toString()),
        OptionalLong.empty());
  }

  /** The adapter over whatever it names itself. */
  public WeightChoice named() {
    return new WeightChoice(
        CheckpointRoots.of(List.of(folder.toString())), Optional.empty(), OptionalLong.empty());
  }

  /** Sets fields of the adapter's configuration by replacing a piece of its text. */
  public AdapterFixture replace(String from, String to) {
    Path file = adapter().resolve("adapter_config.json");
    try {
      String text = Files.readString(file);
      if (!text.contains(from)) {
        throw new IllegalArgumentException(from + " is not in " + text);
      }
      Files.writeString(file, text.replace(from, to));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.salient.extractor.checkpoint;

import io.salient.torch.HubCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A cheap identity of a folder's files, or of one file: SHA-256 over name, size and modification
 * time of each, in the order of their names. Their content is not read.
 */
public final class FolderFingerprint {
  /** What an extraction reads. */
  private static final Pattern READ =
      Pattern.compile(
          "(adapter_)?config\\.json|.*\\.safetensors(\\.index\\.json)?"
              + "|tokenizer(_config)?\\.json|vocab\\.(txt|json)|merges\\.txt"
              + "|special_tokens_map\\.json|added_tokens\\.json|activations\\.(hdf5|json)");

  private FolderFingerprint() {}

  /**
   * Of the files that decide what an extraction gives; empty when the folder is gone. Of
   * trainer_state.json, which comes last, only whether it contradicts the folder's name: it may
   * come while the rest is read.
   */
  public static String ofCheckpoint(Path folder) {
    String files = of(folder, READ.asMatchPredicate());
    return !files.isEmpty() && CheckpointStep.isContradicted(folder)
        ? Sha256.of(files + " is of another step")
        : files;
  }

  /** Of all files, optimiser state included: changes as long as anything is written. */
  public static String ofAll(Path folder) {
    return of(folder, name -> true);
  }

  private static String of(Path folder, Predicate<String> wanted) {
    if (Files.isRegularFile(folder, LinkOption.NOFOLLOW_LINKS)) {
      return Sha256.of(line(folder)); // activations without a folder
    }
    try (Stream<Path> files = Files.list(folder)) {
      String listing =
          files
              .filter(file -> wanted.test(file.getFileName().toString()))
              .sorted()
              .map(FolderFingerprint::line)
              .collect(Collectors.joining());
      return Sha256.of(listing);
    } catch (IOException e) {
      return ""; // gone, or on its way: equal to nothing that was there
    }
  }

  private static String line(Path file) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(
              HubCache.file(file), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return file.getFileName()
          + " "
          + attributes.size()
          + " "
          + attributes.lastModifiedTime().toMillis()
          + "\n";
    } catch (IOException e) {
      return file.getFileName() + " gone\n";
    }
  }
}

package io.salient.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The layout of Hugging Face's cache, the one place where the files of a model are links:
 *
 * <pre>
 * models--bert-base-uncased/blobs/&lt;hash&gt;                          the content of a file
 * models--bert-base-uncased/snapshots/&lt;revision&gt;/config.json      a link to ../../blobs/&lt;hash&gt;
 * </pre>
 *
 * <p>Such a link is followed when it ends at a file in the blobs of its own model, and no other is.
 */
public final class HubCache {
  private HubCache() {}

  /** The folder of the cached model that a folder is a snapshot of; empty for other folders. */
  public static Optional<Path> modelOf(Path folder) {
    Path snapshots = folder.toAbsolutePath().normalize().getParent();
    if (snapshots == null || !snapshots.endsWith("snapshots") || snapshots.getParent() == null) {
      return Optional.empty();
    }
    return Optional.of(snapshots.getParent())
        .filter(model -> Files.isDirectory(model.resolve("blobs"), LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * The file to open for a file of a folder: of a link in a snapshot the blob that it leads to,
   * otherwise the file as it is, which may be a link that is not to be followed.
   */
  public static Path file(Path file) {
    if (!Files.isSymbolicLink(file)) {
      return file;
    }
    return modelOf(file.toAbsolutePath().getParent())
        .flatMap(model -> blob(model, file))
        .orElse(file);
  }

  private static Optional<Path> blob(Path model, Path link) {
    try {
      Path target = link.toRealPath();
      boolean own = target.getParent().equals(model.toRealPath().resolve("blobs"));
      return own && Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(target)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // it leads nowhere
    }
  }
}

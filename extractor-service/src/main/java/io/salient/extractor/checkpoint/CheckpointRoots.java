package io.salient.extractor.checkpoint;

import io.salient.torch.HubCache;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which folders checkpoints may be read from. An announcement comes from outside, so where it
 * points is decided here before any file is opened: a local folder that, with every symbolic link
 * resolved, lies in one of the roots. Of a snapshot in a {@link HubCache} that holds for the cached
 * model, whose blobs lie beside it.
 */
public final class CheckpointRoots {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");
  private static final int MAX_LENGTH = 4_096;

  private final List<Path> roots;

  private CheckpointRoots(List<Path> roots) {
    this.roots = roots;
  }

  /**
   * Resolves the roots themselves; a snapshot stands for its cached model.
   *
   * @throws IllegalArgumentException when one is not a folder
   */
  public static CheckpointRoots of(List<String> folders) {
    return new CheckpointRoots(folders.stream().map(CheckpointRoots::root).toList());
  }

  private static Path root(String folder) {
    try {
      Path path = Path.of(folder.strip());
      if (path.isAbsolute() && (Files.isDirectory(path) || StoredActivations.named(path))) {
        Path real = path.toRealPath();
        return HubCache.modelOf(real).orElse(real);
      }
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(notARoot(folder), e);
    }
    throw new IllegalArgumentException(notARoot(folder));
  }

  private static String notARoot(String folder) {
    return "salient.extractor.roots: " + folder + " is not the absolute path of a folder";
  }

  /**
   * The folder, or file of activations, that an announcement names, with all links resolved.
   *
   * @param uri an absolute path or a {@code file:} URI
   * @throws CheckpointException when it is anything else, not there, or outside the roots
   */
  public Path resolve(String uri) {
    Path path = path(uri);
    if (roots.isEmpty()) {
      throw outside("no folder is allowed: set salient.extractor.roots");
    }
    Path real = real(path);
    if (!isInside(real)) {
      throw outside(path + " does not lie in salient.extractor.roots");
    }
    HubCache.modelOf(real).ifPresent(this::requireInside);
    if (!Files.isDirectory(real) && !(Files.isRegularFile(real) && StoredActivations.named(real))) {
      throw new CheckpointException(
          "uri.missing", path + " is not a folder, and not a file of activations (.hdf5, .json)");
    }
    return real;
  }

  private boolean isInside(Path real) {
    return roots.stream().anyMatch(real::startsWith);
  }

  private void requireInside(Path model) {
    if (!isInside(model)) {
      throw outside(
          model
              + " holds the files that its snapshots link to, and does not lie in"
              + " salient.extractor.roots: add it there");
    }
  }

  private Path real(Path path) {
    // The answer must not tell whether something exists outside the roots.
    try {
      return path.toRealPath();
    } catch (IOException e) {
      if (roots.stream().anyMatch(path.normalize()::startsWith)) {
        throw new CheckpointException("uri.missing", path + " is not there", e);
      }
      throw outside(path + " does not lie in salient.extractor.roots");
    }
  }

  private static CheckpointException outside(String message) {
    return new CheckpointException("uri.outside-roots", message);
  }

  private static Path path(String uri) {
    if (uri == null || uri.isBlank() || uri.length() > MAX_LENGTH || uri.indexOf('\0') >= 0) {
      throw notLocal("an empty, overlong or unprintable address");
    }
    try {
      Path path = SCHEME.matcher(uri).matches() ? fileUri(uri) : Path.of(uri);
      if (path.isAbsolute()) {
        return path;
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw notLocal(uri);
    }
    throw notLocal(uri);
  }

  private static Path fileUri(String text) throws URISyntaxException {
    URI uri = new URI(text);
    if (!"file".equals(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))) {
      throw new CheckpointException(
          "uri.scheme",
          "scheme "
              + uri.getScheme()
              + ": is not read; copy the checkpoint to a local folder and announce its absolute"
              + " path or file: URI");
    }
    return Path.of(uri);
  }

  private static CheckpointException notLocal(String what) {
    return new CheckpointException(
        "uri.not-absolute", what + " is neither an absolute path nor a file: URI");
  }
}

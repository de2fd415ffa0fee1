package io.salient.security.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The tokens of the settings. A file is looked at once a second at most; what changed in it is in
 * force from then on, and where it cannot be read, what was before.
 */
final class SharedTokens {
  private static final Logger LOG = Logger.getLogger(SharedTokens.class);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<SharedToken> fixed;
  private final Optional<Path> file;
  private final long lookNanos;
  private List<SharedToken> ofFile = List.of();
  private Stamp seen;
  private String wrong = "";
  private long looked;

  /**
   * Those of the settings.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  SharedTokens(AccessSettings settings) {
    this(settings, LOOK_NANOS);
  }

  SharedTokens(AccessSettings settings, long lookNanos) {
    this.lookNanos = lookNanos;
    fixed = settings.token().map(SharedTokens::ofSetting).map(List::of).orElse(List.of());
    file = settings.tokenFile().map(Path::of);
    if (file.isPresent()) {
      seen = changed(file.get());
      ofFile = TokenFile.read(file.get());
      looked = System.nanoTime();
    }
  }

  private static SharedToken ofSetting(String token) {
    try {
      return SharedToken.of(token, Grant.ALL);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("salient.access.token: " + e.getMessage(), e);
    }
  }

  /** True where there is none, nor a file that could bring one. */
  boolean isEmpty() {
    return fixed.isEmpty() && file.isEmpty();
  }

  /** What a token gives; empty when it is none of ours. Looks at all of them, whichever it is. */
  Optional<Grant> grant(String token) {
    byte[] hash = SharedToken.hash(token);
    Grant found = null;
    for (SharedToken one : now()) {
      if (one.is(hash)) {
        found = one.grant();
      }
    }
    return Optional.ofNullable(found);
  }

  private synchronized List<SharedToken> now() {
    long time = System.nanoTime();
    if (file.isPresent() && time - looked >= lookNanos) {
      looked = time;
      look(file.get());
    }
    List<SharedToken> all = new ArrayList<>(fixed);
    all.addAll(ofFile);
    return all;
  }

  private void look(Path path) {
    Stamp changed = changed(path);
    if (changed.equals(seen)) {
      return;
    }
    try {
      ofFile = TokenFile.read(path);
      seen = changed;
      wrong = "";
      LOG.infof("salient.access.token-file: %d tokens from here on", ofFile.size());
    } catch (IllegalArgumentException e) {
      if (!e.getMessage().equals(wrong)) { // it is looked at again, and told once
        wrong = e.getMessage();
        LOG.errorf("%s; the tokens of before stay in force", wrong);
      }
    }
  }

  /** What tells one state of a file from the next. */
  private record Stamp(FileTime time, long bytes) {}

  private static Stamp changed(Path path) {
    try {
      return new Stamp(Files.getLastModifiedTime(path), Files.size(path));
    } catch (IOException e) {
      return new Stamp(FileTime.fromMillis(0), 0); // reading it says what is wrong
    }
  }
}

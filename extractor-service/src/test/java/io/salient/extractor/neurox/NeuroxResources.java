package io.salient.extractor.neurox;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Files that src/test/python/neurox_files.py made. */
public final class NeuroxResources {
  private NeuroxResources() {}

  /** One of them. */
  public static Path path(String name) throws URISyntaxException {
    return Path.of(NeuroxResources.class.getResource("/neurox/" + name).toURI());
  }
}

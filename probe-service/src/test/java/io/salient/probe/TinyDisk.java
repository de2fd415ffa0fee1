package io.salient.probe;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system in memory that is soon full. Needs Linux and the right to mount; without it the
 * test is skipped with a line that says so.
 */
public final class TinyDisk implements AutoCloseable {
  private final Path folder;

  /**
   * Mounts it.
   *
   * @param folder an empty folder
   */
  public TinyDisk(Path folder, int kilobytes) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    String problem =
        run("mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "tmpfs", folder.toString());
    if (!problem.isEmpty()) {
      abort("SKIPPED, no file system can be mounted here: " + problem);
    }
  }

  /** Its root. */
  public Path folder() {
    return folder;
  }

  /** Makes it larger, as somebody does who frees space. */
  public void grow(int kilobytes) throws IOException {
    String problem = run("mount", "-o", "remount,size=" + kilobytes + "k", folder.toString());
    if (!problem.isEmpty()) {
      throw new IOException(problem);
    }
  }

  @Override
  public void close() throws IOException {
    String problem = run("umount", "-l", folder.toString());
    if (!problem.isEmpty()) {
      throw new IOException(problem);
    }
  }

  /** What it says when it fails, empty otherwise. */
  private static String run(String... command) throws IOException {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : "failed: " + said.strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (IOException e) {
      return e.getMessage(); // no such program
    }
  }
}

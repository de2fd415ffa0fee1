package io.salient.standalone.command;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which run folder a command is about, and what its run is called. */
final class RunOptions {
  @Parameters(paramLabel = "RUN_DIR", description = "Folder with checkpoint-<step> folders.")
  private Path runFolder;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description = "Name of the run. Default: the folder's name.")
  private String run;

  /**
   * The folder, which is there.
   *
   * @throws IllegalArgumentException when it is no folder, or the given name not allowed
   */
  WatchedFolder folder() throws IOException {
    return WatchedFolder.of(runFolder, run);
  }
}

package io.salient.standalone.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line of {@code ./salient watch} with a broker of the test's own.
 *
 * @param run the run folder
 * @param corpus a CoNLL-U file
 * @param concepts separated by commas
 * @param bootstrapServers of the broker
 * @param state folder of the services' state
 */
record WatchCommand(Path run, Path corpus, String concepts, String bootstrapServers, Path state) {
  /**
   * Starts it.
   *
   * @param folder where its output goes
   * @param settings configuration as system properties
   * @param more arguments, such as {@code --once}
   */
  SalientProcess start(Path folder, Map<String, String> settings, String... more) {
    return start("watch", folder, settings, more);
  }

  /** The same with each service in a process of its own. */
  SalientProcess startServices(Path folder, Map<String, String> settings) {
    return start("services", folder, settings);
  }

  /** The same by another version of the program. */
  SalientProcess startOf(Path project, Path folder, Map<String, String> settings, String... more) {
    return SalientProcess.start(project, folder, settings, arguments("watch", more));
  }

  private SalientProcess start(
      String command, Path folder, Map<String, String> settings, String... more) {
    return SalientProcess.start(folder, settings, arguments(command, more));
  }

  private String[] arguments(String command, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                run.toString(),
                "--corpus",
                corpus.toString(),
                "--concepts",
                concepts,
                "--bootstrap-servers",
                bootstrapServers,
                "--state-dir",
                state.toString(),
                "--port",
                "0"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }
}

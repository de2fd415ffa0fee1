package io.salient.standalone.command;

import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where figures go beside the page. */
final class ExportOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description =
          "Also write accuracy, drift and verdicts as TensorBoard's event files, one folder per run"
              + " in this one.")
  private Path tensorboard;

  private String mlflow;

  @Option(
      names = "--mlflow",
      paramLabel = "URL",
      description = "Also send accuracy, drift and verdicts to this MLflow server.")
  void mlflow(String server) {
    if (!isServer(server)) {
      throw new ParameterException(
          spec.commandLine(),
          "--mlflow: http://HOST:PORT or https://HOST:PORT is expected, not " + server);
    }
    mlflow = server;
  }

  private static boolean isServer(String text) {
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  void addTo(Settings settings) {
    settings.putIfGiven(
        Setting.TENSORBOARD, tensorboard == null ? null : tensorboard.toAbsolutePath());
    settings.putIfGiven(Setting.MLFLOW, mlflow);
  }
}

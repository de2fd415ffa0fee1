package io.salient.ranking.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Event files that TensorBoard reads: one folder per run, in it one scalar per figure and concept
 * ({@code accuracy/upos}), and the verdict as text ({@code verdict/upos}). A file that is there
 * already is gone on with, and what stands in it is not written again.
 */
final class TensorBoardSink implements FigureSink {
  private final Path folder;
  private final Map<String, EventFile> runs = new HashMap<>();

  TensorBoardSink(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "TensorBoard's folder " + folder;
  }

  @Override
  public void take(Figures figures) throws IOException {
    EventFile file = runs.get(figures.run());
    if (file == null) {
      file = EventFile.open(RunFolder.in(folder, figures.run()));
      runs.put(figures.run(), file);
    }
    for (Map.Entry<String, Double> value : figures.values().entrySet()) {
      file.scalar(value.getKey() + "/" + figures.concept(), figures.step(), value.getValue());
    }
    if (figures.verdict() != null) {
      file.text("verdict/" + figures.concept(), figures.step(), figures.verdict());
    }
  }

  @Override
  public void close() throws IOException {
    for (EventFile file : runs.values()) {
      file.close();
    }
  }
}

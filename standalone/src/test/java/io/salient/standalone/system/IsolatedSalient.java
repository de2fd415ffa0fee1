package io.salient.standalone.system;

import io.salient.schemas.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code ./salient watch} with topics, groups and state of its own, so that many of them share one
 * broker and none sees another's records.
 *
 * @param folder where output and state go
 * @param bootstrapServers of the broker
 * @param name tells it from the others
 */
record IsolatedSalient(Path folder, String bootstrapServers, String name) {
  static final String CONCEPTS = "upos,deprel";

  /**
   * Settings of the probe service. Faults are asked about, not optima: short fits, just enough
   * splits for a verdict, and one draw of what is drawn.
   */
  static final Map<String, String> SHORT_FITS =
      Map.of(
          "salient.probe.tolerance", "0.02",
          "salient.probe.splits", "2",
          "salient.probe.control-draws", "1",
          "salient.probe.random-draws", "1");

  Topics topics() {
    return new Topics("it-" + name);
  }

  /** Ranks what is in the run folder and ends. */
  SalientProcess once(SmallRun run) {
    return once(run, name);
  }

  /** The same with the state in a folder of another name. */
  SalientProcess once(SmallRun run, String stateFolder) {
    return start(run.folder(), run.corpus(), stateFolder, "--once");
  }

  /** The same with a schema registry. */
  SalientProcess registered(SmallRun run, String registry) {
    Map<String, String> settings = settings();
    settings.put("salient.schema-registry.url", registry);
    return command(run.folder(), run.corpus(), name).start(folder, settings, "--once");
  }

  /** Watches a run folder until it is killed. */
  SalientProcess watch(Path runFolder, Path corpus) {
    return start(runFolder, corpus, name);
  }

  /** Ranks what is in the run folder by another version of the program, and ends. */
  SalientProcess onceBy(Path project, SmallRun run) {
    return command(run.folder(), run.corpus(), name).startOf(project, folder, settings(), "--once");
  }

  /** Watches it with each service in a process of its own, until it is killed. */
  SalientProcess services(SmallRun run) {
    return command(run.folder(), run.corpus(), name).startServices(folder, settings());
  }

  /** Rankings and drifts as bytes. */
  Map<String, String> results() {
    return FinalResults.read(bootstrapServers, topics().results());
  }

  TopicJudge judge(String topic) {
    return new TopicJudge(bootstrapServers, topic);
  }

  private SalientProcess start(Path runFolder, Path corpus, String stateFolder, String... more) {
    return command(runFolder, corpus, stateFolder).start(folder, settings(), more);
  }

  private WatchCommand command(Path runFolder, Path corpus, String stateFolder) {
    Path state = folder.resolve("state-" + stateFolder);
    return new WatchCommand(runFolder, corpus, CONCEPTS, bootstrapServers, state);
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(SHORT_FITS);
    settings.put("salient.topics.prefix", topics().prefix());
    settings.put("salient.extractor.group-id", name + "-extractor");
    settings.put("salient.probe.application-id", name + "-probe");
    settings.put("salient.ranking.application-id", name + "-ranking");
    return settings;
  }
}

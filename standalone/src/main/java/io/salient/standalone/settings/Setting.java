package io.salient.standalone.settings;

/** A key of the configuration that commands give a value. */
public enum Setting {
  BOOTSTRAP_SERVERS("salient.kafka.bootstrap-servers"),
  PARTITIONS("salient.topics.partitions"),

  EXTRACTOR_STATE("salient.extractor.state-dir"),
  ROOTS("salient.extractor.roots"),
  WATCHED_FOLDER("salient.extractor.watch"),
  RUN("salient.extractor.run"),
  CORPUS("salient.extractor.corpus.path"),
  DEV_CORPUS("salient.extractor.corpus.dev"),
  TEST_CORPUS("salient.extractor.corpus.test"),
  /** By concept, a file of labels. */
  LABELS("salient.extractor.corpus.labels.<name>"),
  CONCEPTS("salient.extractor.concepts"),
  ALLOW_CUT("salient.extractor.neurox.allow-cut"),
  AGGREGATION("salient.extractor.aggregation"),
  LAYERS("salient.extractor.layers"),
  LONG_SENTENCES("salient.extractor.long-sentences"),
  ENCODING("salient.extractor.encoding"),
  DTYPE("salient.extractor.dtype"),
  BASE_MODEL("salient.extractor.base-model"),
  RANDOM_WEIGHTS("salient.extractor.random-weights"),
  RANDOM_SEED("salient.extractor.random-seed"),
  MAX_BYTES("salient.extractor.max-bytes-per-checkpoint"),

  PROBE_STATE("salient.probe.state-dir"),
  METHOD("salient.probe.method"),
  AGREEMENT("salient.probe.agreement"),
  SELECT("salient.probe.select"),
  PENALTY("salient.probe.penalty"),
  L1("salient.probe.l1"),
  L2("salient.probe.l2"),
  STANDARDIZE("salient.probe.standardize"),
  MIN_LABEL_COUNT("salient.probe.min-label-count"),
  SPLITS("salient.probe.splits"),
  TIERS("salient.probe.tiers"),
  EVALUATIONS("salient.probe.evaluations"),
  LAMBDA_SEARCH("salient.probe.lambda-search"),
  CLUSTER_THRESHOLD("salient.probe.cluster-threshold"),

  RANKING_STATE("salient.ranking.state-dir"),
  TOP("salient.ranking.top"),
  TENSORBOARD("salient.ranking.tensorboard"),
  MLFLOW("salient.ranking.mlflow"),

  PAGE_PORT("quarkus.http.port"),
  PAGE_HOST("quarkus.http.host"),
  PAGE("quarkus.http.host-enabled"),
  /** By category. */
  LOG_LEVEL("quarkus.log.category.<name>.level");

  private static final String NAME = "<name>";

  private final String key;

  Setting(String key) {
    this.key = key;
  }

  /** As documentation has it; {@code <name>} where one is to be filled in. */
  public String key() {
    return key;
  }

  String key(String name) {
    return key.replace(NAME, "\"" + name + "\"");
  }
}

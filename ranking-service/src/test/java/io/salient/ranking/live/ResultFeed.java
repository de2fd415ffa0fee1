package io.salient.ranking.live;

import io.salient.ranking.Probes;
import io.salient.ranking.topology.RankingDriver;
import io.salient.schemas.ResultKey;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.RunStatus;
import java.util.function.Consumer;

/** Puts results into a view as the reader of the topic does. */
public final class ResultFeed {
  private ResultFeed() {}

  /** Runs the topology and feeds what it emits. */
  public static void feed(ResultStream results, Consumer<RankingDriver> given) {
    try (RankingDriver driver = new RankingDriver()) {
      given.accept(driver);
      driver.results().forEach(results::apply);
    }
  }

  /** Feeds the final fits of some steps. */
  public static void feed(ResultStream results, Probes... fits) {
    feed(
        results,
        driver -> {
          for (Probes fit : fits) {
            driver.send(fit);
          }
        });
  }

  public static void feed(ResultStream results, RunStatus status) {
    results.apply(
        new ResultKey(
                status.getRun(), ResultKey.NO_CONCEPT, status.getStep(), ResultKey.Kind.STATUS)
            .text(),
        TopicSerdes.results().encode(status));
  }

  public static void feed(ResultStream results, String key, byte[] value) {
    results.apply(key, value);
  }

  public static ResultStream view() {
    return new ResultStream(1L << 20, true);
  }
}

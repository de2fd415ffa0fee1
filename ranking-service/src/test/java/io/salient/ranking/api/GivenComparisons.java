package io.salient.ranking.api;

import io.quarkus.test.junit.QuarkusMock;
import io.salient.ranking.topology.RankingDriver;

/** Comparisons over the stores of a topology that a test drives, in the place of the service's. */
public final class GivenComparisons {
  private GivenComparisons() {}

  /** Until the test ends. */
  public static void over(RankingDriver driver) {
    QuarkusMock.installMockForType(new Comparisons(driver::kept), Comparisons.class);
  }
}

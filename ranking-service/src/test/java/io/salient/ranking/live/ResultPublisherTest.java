package io.salient.ranking.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.ranking.Probes;
import io.salient.schemas.ResultKey;
import io.salient.schemas.avro.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** F21: slow clients cost keys, not records, and miss nothing. */
class ResultPublisherTest {
  private final ResultStream results = ResultFeed.view();

  @Test
  void shouldBeginWithAllThatIsKnown() {
    // given
    ResultFeed.feed(results, Probes.atStep(0), Probes.atStep(20));

    // when
    Client client = new Client(Long.MAX_VALUE);

    // then
    assertThat(client.received)
        .containsExactly(
            "run/upos/0/neurons",
            "run/upos/20/neurons",
            "run/upos/20/drift-baseline",
            "run/upos/20/drift-previous");
  }

  @Test
  void shouldCoalesceByKeyForASlowClientAndDropNoKey() {
    // given
    Client slow = new Client(1);
    Client fast = new Client(Long.MAX_VALUE);

    // when: 600 changes of three keys
    for (int second = 0; second < 200; second++) {
      for (long step : new long[] {0, 20, 60}) {
        ResultFeed.feed(results, Probes.atStep(step).status(Stage.EXTRACTING, second));
      }
    }

    // then
    assertThat(fast.received).hasSize(600);
    assertThat(slow.received).containsExactly("run/-/0/status");

    // when
    slow.subscription.request(100);

    // then: each key once, and the view has its latest record
    assertThat(slow.received)
        .containsExactly("run/-/0/status", "run/-/20/status", "run/-/60/status", "run/-/0/status");
    assertThat(results.statuses("run")).allMatch(status -> status.getRowsSeen() == 1_990);
  }

  @Test
  void shouldStopWhenCancelled() {
    // given
    Client client = new Client(Long.MAX_VALUE);

    // when
    client.subscription.cancel();
    ResultFeed.feed(results, Probes.atStep(0));

    // then
    assertThat(client.received).isEmpty();
  }

  @Test
  void shouldRefuseDemandThatIsNone() {
    // given
    Client client = new Client(1);

    // when
    client.subscription.request(0);

    // then
    assertThat(client.failed).isInstanceOf(IllegalArgumentException.class);
  }

  private final class Client implements Flow.Subscriber<ResultKey> {
    final List<String> received = new ArrayList<>();
    final long demand;
    Flow.Subscription subscription;
    Throwable failed;

    Client(long demand) {
      this.demand = demand;
      new ResultPublisher(results).subscribe(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(demand);
    }

    @Override
    public void onNext(ResultKey key) {
      received.add(key.text());
    }

    @Override
    public void onError(Throwable failure) {
      failed = failure;
    }

    @Override
    public void onComplete() {}
  }
}

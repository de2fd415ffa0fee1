package io.salient.ranking.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.ranking.Probes;
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
  void shouldGoOnAfterTheLastPositionAndLoseNothing() {
    // given: a client that left while changes were waiting for it
    ResultFeed.feed(results, Probes.atStep(0), Probes.atStep(20));
    Position start = results.position();
    Client client = new Client(1, ResultPublisher.after(results, start).orElseThrow());
    ResultFeed.feed(results, Probes.atStep(0).status(Stage.EXTRACTING, 1));
    ResultFeed.feed(results, Probes.atStep(20).status(Stage.EXTRACTING, 1));
    ResultFeed.feed(results, Probes.atStep(0).status(Stage.EXTRACTING, 2));
    client.subscription.cancel();
    ResultFeed.feed(results, "run/upos/20/drift-previous", null);

    // when
    Client again =
        new Client(Long.MAX_VALUE, ResultPublisher.after(results, client.last).orElseThrow());

    // then: what it had not been told of, each key once, the one that went too
    assertThat(client.received).containsExactly("run/-/0/status");
    assertThat(again.received)
        .containsExactly("run/-/20/status", "run/-/0/status", "run/upos/20/drift-previous");
    assertThat(again.last).isEqualTo(results.position());
  }

  @Test
  void shouldTellOfTheStatusThatARankingCompletes() {
    // given
    Probes fit = Probes.atStep(20);
    ResultFeed.feed(results, fit.status(Stage.FITTING, 1));
    Position before = results.position();

    // when
    ResultFeed.feed(results, fit);

    // then
    Client client =
        new Client(Long.MAX_VALUE, ResultPublisher.after(results, before).orElseThrow());
    assertThat(client.received).containsExactlyInAnyOrder("run/upos/20/neurons", "run/-/20/status");
  }

  @Test
  void shouldNotGoOnAfterAPositionOfAnotherLife() {
    assertThat(ResultPublisher.after(results, new Position("another", 0))).isEmpty();
    assertThat(ResultPublisher.after(results, new Position(results.position().life(), 9)))
        .isEmpty();
    assertThat(Position.parse("no position")).isEmpty();
    assertThat(Position.parse(results.position().text())).contains(results.position());
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

  private final class Client implements Flow.Subscriber<ResultPublisher.Change> {
    final List<String> received = new ArrayList<>();
    final long demand;
    Flow.Subscription subscription;
    Position last;
    Throwable failed;

    Client(long demand) {
      this(demand, new ResultPublisher(results));
    }

    Client(long demand, ResultPublisher publisher) {
      this.demand = demand;
      publisher.subscribe(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(demand);
    }

    @Override
    public void onNext(ResultPublisher.Change change) {
      received.add(change.key().text());
      last = change.position();
    }

    @Override
    public void onError(Throwable failure) {
      failed = failure;
    }

    @Override
    public void onComplete() {}
  }
}

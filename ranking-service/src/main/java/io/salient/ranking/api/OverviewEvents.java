package io.salient.ranking.api;

import io.salient.ranking.live.Position;
import io.salient.ranking.live.ResultPublisher;
import io.salient.ranking.live.ResultStream;
import io.salient.ranking.view.RunOverview;
import io.salient.schemas.ResultKey;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

/** The events of the overview's stream. */
record OverviewEvents(ResultStream results, Sse sse) {
  /** False for what no overview shows. */
  static boolean shows(ResultKey key) {
    return switch (key.kind()) {
      case CLUSTERS -> false;
      case NEURONS, EVALUATION, DRIFT_BASELINE, DRIFT_PREVIOUS, ALARM, EARLY_WARNING, STATUS ->
          true; // of evaluations and the step before, that there is something new
    };
  }

  OutboundSseEvent of(ResultPublisher.Change change) {
    ResultKey key = change.key();
    return sse.newEventBuilder()
        .name(key.kind() == ResultKey.Kind.STATUS ? "checkpoint" : "concept")
        .id(change.position().text())
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(RunOverview.Change.class, results.overviewChange(key))
        .build();
  }

  /** What changed before this position is not known. */
  OutboundSseEvent reset(Position position) {
    return sse.newEventBuilder().name("reset").id(position.text()).data("{}").build();
  }

  /** So that a listener knows that the connection lives. */
  OutboundSseEvent beat() {
    return sse.newEventBuilder().name("beat").data("{}").build();
  }
}

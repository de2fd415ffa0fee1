package io.salient.ranking.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.salient.ranking.live.Position;
import io.salient.ranking.live.ResultPublisher;
import io.salient.ranking.live.ResultStream;
import io.salient.ranking.settings.RankingSettings;
import io.salient.ranking.view.ChangeView;
import io.salient.ranking.view.RunOverview;
import io.salient.schemas.ResultKey;
import io.salient.security.access.Access;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Results as they change. */
@Path("/api/stream")
@Tag(name = "results")
public class StreamResource {
  private static final int TOP = 20;
  private static final Duration BEAT = Duration.ofSeconds(10);

  private final ResultStream results;
  private final RankingSettings settings;
  private final Access access;
  private final Counter refused;
  private final AtomicInteger clients = new AtomicInteger();

  /** Sends the changes of the view. */
  public StreamResource(
      ResultStream results, RankingSettings settings, Access access, MeterRegistry meters) {
    this.results = results;
    this.settings = settings;
    this.access = access;
    this.refused = meters.counter("salient.ranking.stream.refused");
  }

  /**
   * One event per changed key, beginning with all keys. The event's name is the kind, its id the
   * key, its data a ChangeView. A slow client gets the latest of each key.
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Server-sent events: one per changed result, beginning with all of them",
      description =
          "Event name: neurons, evaluation, drift-baseline, drift-previous, alarm, early-warning,"
              + " clusters or status. Id: the key. A client that reads slowly gets the latest of"
              + " each key.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = ChangeView.class)))
  @APIResponse(responseCode = "503", description = "salient.ranking.max-stream-clients is reached")
  public Multi<OutboundSseEvent> stream(@QueryParam("top") String top, @Context Sse sse) {
    int first = Parameters.top(top, TOP);
    Predicate<String> seen = access.runs();
    return admitted(
        Multi.createFrom()
            .publisher(new ResultPublisher(results))
            .emitOn(Infrastructure.getDefaultExecutor(), 1)
            .filter(change -> seen.test(change.key().run()))
            .map(change -> event(sse, change.key(), first)));
  }

  /**
   * What changes of the overviews of all runs, after a position: that of an answer of {@code
   * /api/overview/{run}}, or the id of the last event.
   */
  @GET
  @Path("overview")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Server-sent events: what changes in the overviews of all runs",
      description =
          "Event name: checkpoint or concept with what changed as data; reset where it is not known"
              + " what changed since the position, so that overviews are to be asked for again;"
              + " beat every ten seconds. Id: the position. Last-Event-ID goes before after.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = RunOverview.Change.class)))
  @APIResponse(responseCode = "503", description = "salient.ranking.max-stream-clients is reached")
  public Multi<OutboundSseEvent> overview(
      @QueryParam("after") String after,
      @HeaderParam("Last-Event-ID") String last,
      @Context Sse sse) {
    Predicate<String> seen = access.runs();
    OverviewEvents events = new OverviewEvents(results, sse);
    Position now = results.position();
    Optional<ResultPublisher> since =
        Position.parse(last == null ? after : last)
            .flatMap(position -> ResultPublisher.after(results, position));
    Multi<OutboundSseEvent> changes =
        Multi.createFrom()
            .publisher(since.orElseGet(() -> ResultPublisher.after(results, now).orElseThrow()))
            .emitOn(Infrastructure.getDefaultExecutor(), 1)
            .filter(change -> OverviewEvents.shows(change.key()))
            .filter(change -> seen.test(change.key().run()))
            .map(events::of);
    Multi<OutboundSseEvent> beats =
        Multi.createFrom().ticks().every(BEAT).onOverflow().drop().map(tick -> events.beat());
    Multi<OutboundSseEvent> all =
        Multi.createBy().merging().withRequests(1).streams(changes, beats);
    return admitted(
        since.isPresent()
            ? all
            : Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().item(events.reset(now)), all));
  }

  private Multi<OutboundSseEvent> admitted(Multi<OutboundSseEvent> events) {
    if (clients.incrementAndGet() > settings.maxStreamClients()) {
      clients.decrementAndGet();
      refused.increment();
      throw new ProblemException(
          503,
          "Too many listeners",
          settings.maxStreamClients() + " are listening (salient.ranking.max-stream-clients).");
    }
    return events.onTermination().invoke(clients::decrementAndGet);
  }

  private OutboundSseEvent event(Sse sse, ResultKey key, int top) {
    return sse.newEventBuilder()
        .name(key.kind().text())
        .id(key.text())
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(ChangeView.class, Changes.of(results, key, top))
        .build();
  }
}

package io.salient.ranking.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.salient.ranking.live.Position;
import io.salient.ranking.live.ResultPublisher;
import io.salient.ranking.live.ResultStream;
import io.salient.ranking.settings.RankingSettings;
import io.salient.ranking.view.ChangeView;
import io.salient.ranking.view.RunOverview;
import io.salient.schemas.ResultKey;
import io.salient.security.access.Access;
import io.salient.security.http.ProblemException;
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
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Results as they change. Made at the start, so that its meters are there before the first client.
 */
@Startup
@Path("/api/stream")
@Tag(name = "results")
public class StreamResource {
  private static final int TOP = 20;
  private static final Duration BEAT = Duration.ofSeconds(10);

  private final ResultStream results;
  private final RankingSettings settings;
  private final Access access;
  private final AtomicInteger clients = new AtomicInteger();
  private final Counter refused;

  /** Sends the changes of the view. */
  public StreamResource(
      ResultStream results, RankingSettings settings, Access access, MeterRegistry registry) {
    this.results = results;
    this.settings = settings;
    this.access = access;
    registry.gauge("salient.ranking.stream.clients", clients);
    refused = registry.counter("salient.ranking.stream.refused");
  }

  /**
   * One event per changed key: of all keys, or after a position of those that changed since. The
   * event's name is the kind, its id the position, its data a ChangeView, which holds the key. A
   * slow client gets the latest of each key.
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Server-sent events: one per changed result, beginning with all of them",
      description =
          "Event name: neurons, evaluation, drift-baseline, drift-previous, alarm, early-warning,"
              + " clusters or status. Id: the position, after which the stream goes on when it is"
              + " given as after, or as Last-Event-ID, which goes before it; reset comes first"
              + " where that position is not known any more, and then all results again. A client"
              + " that reads slowly gets the latest of each key. A comment every ten seconds.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = ChangeView.class)))
  @APIResponse(responseCode = "400", description = "A parameter that is out of range")
  @APIResponse(responseCode = "503", description = "salient.ranking.max-stream-clients is reached")
  public Multi<OutboundSseEvent> stream(
      @QueryParam("top") String top,
      @QueryParam("after") String after,
      @HeaderParam("Last-Event-ID") String last,
      @Context Sse sse) {
    int first = Parameters.top(top, TOP);
    Predicate<String> seen = access.runs();
    OverviewEvents events = new OverviewEvents(results, sse);
    Position now = results.position();
    Optional<ResultPublisher> since = since(last == null ? after : last);
    Multi<OutboundSseEvent> changes =
        changes(since.orElseGet(() -> new ResultPublisher(results)))
            .filter(change -> seen.test(change.key().run()))
            .map(change -> event(sse, change, first));
    boolean lost = since.isEmpty() && (last != null || after != null);
    Multi<OutboundSseEvent> all =
        beating(changes, () -> sse.newEventBuilder().comment("beat").build());
    return admitted(lost ? beginning(events.reset(new Position(now.life(), 0)), all) : all);
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
    Optional<ResultPublisher> since = since(last == null ? after : last);
    Multi<OutboundSseEvent> changes =
        changes(since.orElseGet(() -> ResultPublisher.after(results, now).orElseThrow()))
            .filter(change -> OverviewEvents.shows(change.key()))
            .filter(change -> seen.test(change.key().run()))
            .map(events::of);
    Multi<OutboundSseEvent> all = beating(changes, events::beat);
    return admitted(since.isPresent() ? all : beginning(events.reset(now), all));
  }

  private Optional<ResultPublisher> since(String position) {
    return Position.parse(position).flatMap(known -> ResultPublisher.after(results, known));
  }

  private static Multi<ResultPublisher.Change> changes(ResultPublisher publisher) {
    return Multi.createFrom().publisher(publisher).emitOn(Infrastructure.getDefaultExecutor(), 1);
  }

  /** So that a listener knows that the connection lives, and the service that the listener does. */
  private static Multi<OutboundSseEvent> beating(
      Multi<OutboundSseEvent> changes, Supplier<OutboundSseEvent> beat) {
    Multi<OutboundSseEvent> beats =
        Multi.createFrom().ticks().every(BEAT).onOverflow().drop().map(tick -> beat.get());
    return Multi.createBy().merging().withRequests(1).streams(changes, beats);
  }

  private static Multi<OutboundSseEvent> beginning(
      OutboundSseEvent first, Multi<OutboundSseEvent> rest) {
    return Multi.createBy().concatenating().streams(Multi.createFrom().item(first), rest);
  }

  private Multi<OutboundSseEvent> admitted(Multi<OutboundSseEvent> events) {
    if (clients.incrementAndGet() > settings.maxStreamClients()) {
      clients.decrementAndGet();
      refused.increment();
      throw new ProblemException(
          ProblemCode.TOO_MANY_LISTENERS,
          settings.maxStreamClients() + " are listening (salient.ranking.max-stream-clients).");
    }
    return events.onTermination().invoke(clients::decrementAndGet);
  }

  private OutboundSseEvent event(Sse sse, ResultPublisher.Change change, int top) {
    ResultKey key = change.key();
    return sse.newEventBuilder()
        .name(key.kind().text())
        .id(change.position().text())
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(ChangeView.class, Changes.of(results, key, top))
        .build();
  }
}

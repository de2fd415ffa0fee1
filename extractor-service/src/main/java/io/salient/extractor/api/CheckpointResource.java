package io.salient.extractor.api;

import io.salient.extractor.announcement.CheckpointIntake;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.security.access.Access;
import io.salient.security.access.Refusal;
import io.salient.security.http.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/** Announces checkpoints for those who have no folder that is watched. */
@Path("/checkpoints")
@Blocking
public class CheckpointResource {
  private final CheckpointIntake intake;
  private final Supplier<Predicate<String>> allowed;

  /** Announces through the intake. */
  @Inject
  public CheckpointResource(CheckpointIntake intake, Access access) {
    this(intake, access::runs);
  }

  CheckpointResource(CheckpointIntake intake, Supplier<Predicate<String>> allowed) {
    this.intake = intake;
    this.allowed = allowed;
  }

  /**
   * 202 when Kafka has the announcement; 400 when it is wrong, 403 when the token may not announce
   * this run, 503 when Kafka cannot be reached.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response announce(CheckpointRequest request) {
    if (request == null || request.run() == null || request.uri() == null) {
      throw new ProblemException(
          AnnouncementProblem.INCOMPLETE_ANNOUNCEMENT, "run and uri are required");
    }
    if (!allowed.get().test(request.run())) {
      throw new ProblemException(
          Refusal.NOT_ALLOWED, "the token may not announce run " + request.run());
    }
    try {
      long step = step(request);
      intake.announce(
          request.run(),
          step,
          request.uri(),
          Boolean.TRUE.equals(request.baseline()),
          Boolean.TRUE.equals(request.again()));
      return Response.accepted(Map.of("run", request.run(), "step", step)).build();
    } catch (CheckpointException | IllegalArgumentException e) {
      throw new ProblemException(AnnouncementProblem.CHECKPOINT_REFUSED, e.getMessage());
    } catch (KafkaException e) {
      throw new ProblemException(AnnouncementProblem.KAFKA_UNREACHABLE, e.getMessage());
    }
  }

  private long step(CheckpointRequest request) {
    if (request.step() != null) {
      return request.step();
    }
    return intake
        .stepOf(request.uri())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "step is required where the folder is not called checkpoint-<step>"));
  }
}

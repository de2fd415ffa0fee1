package io.salient.extractor.api;

import io.salient.security.http.ProblemKind;

/** Why an announcement is not taken. */
enum AnnouncementProblem implements ProblemKind {
  INCOMPLETE_ANNOUNCEMENT(400, "Incomplete announcement"),
  CHECKPOINT_REFUSED(400, "Checkpoint refused"),
  KAFKA_UNREACHABLE(503, "Kafka does not answer");

  private final int status;
  private final String title;

  AnnouncementProblem(int status, String title) {
    this.status = status;
    this.title = title;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}

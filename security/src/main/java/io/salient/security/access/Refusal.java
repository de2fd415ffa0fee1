package io.salient.security.access;

import io.salient.security.http.ProblemKind;

/** Why a request is not let through. */
enum Refusal implements ProblemKind {
  NO_TOKEN(401, "Who are you?"),
  NOT_ALLOWED(403, "Not allowed");

  private final int status;
  private final String title;

  Refusal(int status, String title) {
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

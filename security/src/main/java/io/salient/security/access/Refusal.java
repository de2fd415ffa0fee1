package io.salient.security.access;

import io.salient.security.http.ProblemKind;

/** Why a request is not let through. */
public enum Refusal implements ProblemKind {
  /** No valid token came with it. */
  NO_TOKEN(401, "Who are you?"),
  /** The role or the runs of its token do not suffice. */
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

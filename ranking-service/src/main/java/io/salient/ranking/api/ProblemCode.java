package io.salient.ranking.api;

import io.salient.security.http.ProblemKind;

/** What can be wrong with a request, as docs/errors.md lists it: programs act on the code. */
enum ProblemCode implements ProblemKind {
  BAD_REQUEST(400, "Bad request"),
  NOT_COMPARABLE(400, "Rankings not comparable"),
  NO_SUCH_RUN(404, "No such run"),
  NO_SUCH_LABEL(404, "No such label"),
  NO_SUCH_NEURON(404, "No such neuron"),
  NO_SUCH_TABLE(404, "No such table"),
  NOT_RANKED(404, "Not ranked"),
  NOT_CLUSTERED(404, "Not clustered"),
  NO_RANKING(404, "No ranking"),
  NOT_READABLE(503, "Rankings not readable"),
  TOO_MANY_LISTENERS(503, "Too many listeners");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
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

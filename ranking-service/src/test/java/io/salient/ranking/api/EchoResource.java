package io.salient.ranking.api;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Of the tests: what takes a body. */
@Path("/echo")
@Blocking
public class EchoResource {
  /** The body. */
  @POST
  @Operation(hidden = true)
  public String echo(String body) {
    return body;
  }
}

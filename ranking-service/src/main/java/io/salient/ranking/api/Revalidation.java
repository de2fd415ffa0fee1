package io.salient.ranking.api;

import io.salient.ranking.live.Position;
import io.salient.ranking.live.ResultStream;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/**
 * Answers are as old as the view of results, or as what it has of their run: that position is their
 * ETag, and who has the answer of this position is told so before anything is read. It is taken
 * before the answer is made, so that an answer is never older than its tag.
 */
@Provider
@Revalidated
public class Revalidation implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String TAG = Revalidation.class.getName();

  private final ResultStream results;

  @Context ResourceInfo resource;

  /** Tags answers by the position of a view. */
  public Revalidation(ResultStream results) {
    this.results = results;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    EntityTag tag = new EntityTag(position(request).text(), true);
    request.setProperty(TAG, tag);
    Response.ResponseBuilder same = request.getRequest().evaluatePreconditions(tag);
    if (same != null) {
      request.abortWith(same.tag(tag).build());
    }
  }

  private Position position(ContainerRequestContext request) {
    String run = request.getUriInfo().getPathParameters().getFirst("run");
    boolean alone = resource.getResourceClass().getAnnotation(Revalidated.class).byRun();
    return alone && run != null ? results.position(run) : results.position();
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() == 200 && request.getProperty(TAG) instanceof EntityTag tag) {
      response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
      response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    }
  }
}

package io.salient.ranking.api;

import io.salient.ranking.live.Position;
import io.salient.ranking.live.ResultStream;
import io.salient.security.access.Access;
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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Answers are as old as the view of results, or as what it has of their run: that position is in
 * their ETag, and who has the answer of this position is told so before anything is read. It is
 * taken before the answer is made, so that an answer is never older than its tag.
 *
 * <p>A browser may keep an answer, and asks each time whether it still holds. It asks so by the tag
 * alone, even where cookie or Accept are others than those that the answer was made for: so the tag
 * holds which runs may be seen and what is accepted, and what one token was shown is never
 * confirmed to another that may see less.
 */
@Provider
@Revalidated
public class Revalidation implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String TAG = Revalidation.class.getName();
  private static final Set<Integer> KEPT = Set.of(200, 304);
  private static final int BYTES = 8;

  private final ResultStream results;
  private final Access access;

  @Context ResourceInfo resource;

  /** Tags answers by the position of a view, and by who may see them. */
  public Revalidation(ResultStream results, Access access) {
    this.results = results;
    this.access = access;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    EntityTag tag = new EntityTag(position(request).text() + "-" + shape(request), true);
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

  /** Another where another answer would be given at the same position. */
  private String shape(ContainerRequestContext request) {
    String text = access.runs() + "\n" + request.getHeaderString(HttpHeaders.ACCEPT);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (KEPT.contains(response.getStatus()) && request.getProperty(TAG) instanceof EntityTag tag) {
      response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
      response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "private, no-cache");
      response.getHeaders().putSingle(HttpHeaders.VARY, "Accept, Authorization, Cookie");
    }
  }
}

package io.salient.security.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files of the page are asked for each time and sent only when they changed, so that an upgrade is
 * seen at once. What changed is told by their bytes: the times in a jar are those of no build.
 */
@ApplicationScoped
public class PageFreshness {
  /** After those who may refuse. */
  private static final int PRIORITY = 100;

  private static final String FOLDER = "META-INF/resources";
  private static final int TAG_BYTES = 16;
  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  /** As many as the page has files. */
  private final Map<String, String> tags = new ConcurrentHashMap<>();

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  private void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!READING.contains(request.method())) {
      context.next();
      return;
    }
    Optional<String> tag = tag(context.normalizedPath());
    if (tag.isEmpty()) {
      context.next();
      return;
    }
    HttpServerResponse response = context.response();
    request.headers().remove("If-Modified-Since");
    context.addHeadersEndHandler(
        end ->
            response
                .putHeader("Cache-Control", "no-cache")
                .putHeader("ETag", tag.get())
                .headers()
                .remove("Last-Modified"));
    String known = request.getHeader("If-None-Match");
    if (known != null && known.contains(tag.get())) {
      response.setStatusCode(304).end();
    } else {
      context.next();
    }
  }

  /** Of a file of the page; empty for all other paths. */
  private Optional<String> tag(String path) {
    if (path.startsWith("/api/") || path.startsWith("/q/")) {
      return Optional.empty();
    }
    String file = path.endsWith("/") ? path + "index.html" : path;
    String known = tags.get(file);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<String> read = read(file);
    read.ifPresent(tag -> tags.put(file, tag));
    return read;
  }

  private static Optional<String> read(String file) {
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    try (InputStream bytes = classes.getResourceAsStream(FOLDER + file)) {
      return bytes == null ? Optional.empty() : Optional.of(tagOf(bytes.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(FOLDER + file + " cannot be read", e);
    }
  }

  private static String tagOf(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(hash, 0, TAG_BYTES) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

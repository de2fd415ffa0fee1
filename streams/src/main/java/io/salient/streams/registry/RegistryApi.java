package io.salient.streams.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** Two questions of Confluent's registry API. Thread-safe. */
final class RegistryApi {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int NOT_FOUND = 404;
  private static final int LONGEST_REASON = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final String base;

  RegistryApi(URI url) {
    base = url.toString().replaceAll("/+$", "");
  }

  /**
   * The id of a schema under a subject; it is registered when it is new.
   *
   * @throws RegistryException when the registry cannot be reached or refuses it
   */
  int register(String subject, Schema schema) throws RegistryException {
    String path = "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions";
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(BodyPublishers.ofString(json(Map.of("schema", schema.toString()))))
            .build();
    JsonNode id = answered(request, send(request)).path("id");
    if (!id.isInt()) {
      throw new RegistryException(request.uri() + " answered without an id", null);
    }
    return id.intValue();
  }

  /**
   * The schema of an id; empty when the registry has none, or none of Avro.
   *
   * @throws RegistryException when the registry cannot be reached
   */
  Optional<Schema> schema(int id) throws RegistryException {
    HttpRequest request = request("/schemas/ids/" + id).GET().build();
    HttpResponse<String> response = send(request);
    if (response.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Schema.Parser().parse(answered(request, response).path("schema").asText()));
    } catch (SchemaParseException e) {
      return Optional.empty(); // of JSON Schema or Protobuf
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
  }

  private HttpResponse<String> send(HttpRequest request) throws RegistryException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new RegistryException(
          "the schema registry at " + base + " cannot be reached (" + e + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryException("interrupted while asking " + base, e);
    }
  }

  private static JsonNode answered(HttpRequest request, HttpResponse<String> response)
      throws RegistryException {
    if (response.statusCode() / 100 != 2) {
      throw new RegistryException(
          request.method()
              + " "
              + request.uri()
              + " answered "
              + response.statusCode()
              + " "
              + response
                  .body()
                  .strip()
                  .lines()
                  .findFirst()
                  .orElse("")
                  .transform(RegistryApi::brief),
          null);
    }
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new RegistryException(request.uri() + " answered no JSON", e);
    }
  }

  private static String brief(String line) {
    return line.substring(0, Math.min(line.length(), LONGEST_REASON));
  }

  private static String json(Map<String, String> object) {
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // a map of strings
    }
  }
}

package io.salient.k8s;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import io.kubernetes.client.openapi.JSON;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Objects of Kubernetes itself, against the classes that its own API description was made into:
 * unknown fields, missing ones and values of another type are told.
 */
final class CoreModels {
  private static final String MODELS = "io.kubernetes.client.openapi.models.V1";

  /** Kinds of operators, of which the client has no classes. */
  static final Set<String> OF_OPERATORS =
      Set.of("KafkaTopic", "KafkaUser", "ScaledObject", "ServiceMonitor", "PrometheusRule");

  private CoreModels() {}

  /** What is wrong with an object; nothing for those of operators. */
  static List<String> problems(Map<String, Object> object) {
    if (OF_OPERATORS.contains(Tree.kind(object))) {
      return List.of();
    }
    JsonElement json = new Gson().toJsonTree(object);
    try {
      Class<?> model = Class.forName(MODELS + Tree.kind(object));
      Object read = JSON.getGson().fromJson(json, model);
      return read == null ? List.of(Tree.id(object) + " is empty") : List.of();
    } catch (ClassNotFoundException e) {
      return List.of(Tree.id(object) + ": no such kind in v1");
    } catch (IllegalArgumentException | JsonParseException e) {
      return List.of(Tree.id(object) + ": " + e.getMessage());
    }
  }
}

package io.salient.k8s;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names that one object has of another: each must lead somewhere. */
final class References {
  /**
   * Secrets that Strimzi's operators write: of each KafkaUser, and of the cluster's certificate.
   */
  private static final String CLUSTER_CERTIFICATE = "my-cluster-cluster-ca-cert";

  private final Manifests manifests;
  private final List<String> problems = new ArrayList<>();

  private References(Manifests manifests) {
    this.manifests = manifests;
  }

  static List<String> problems(Manifests manifests) {
    References references = new References(manifests);
    manifests.workloads().forEach(references::workload);
    manifests.ofKind("Service").forEach(references::service);
    manifests.ofKind("PodDisruptionBudget").forEach(references::budget);
    manifests.ofKind("NetworkPolicy").forEach(references::policy);
    manifests.ofKind("ServiceMonitor").forEach(references::monitor);
    manifests.ofKind("ScaledObject").forEach(references::scaled);
    references.names();
    return references.problems;
  }

  private void require(boolean there, Map<String, Object> from, String what) {
    if (!there) {
      problems.add(Tree.id(from) + ": " + what);
    }
  }

  private void names() {
    Set<String> seen = new HashSet<>();
    for (Map<String, Object> object : manifests.objects()) {
      require(seen.add(Tree.id(object)), object, "is there twice");
    }
    String namespaces =
        manifests.objects().stream()
            .map(object -> Tree.text(object, "metadata", "namespace"))
            .filter(namespace -> !namespace.isEmpty())
            .distinct()
            .collect(Collectors.joining(", "));
    if (namespaces.contains(",")) {
      problems.add("more than one namespace: " + namespaces);
    }
  }

  private void workload(Map<String, Object> workload) {
    Map<String, Object> pod = Manifests.pod(workload);
    require(
        selects(Tree.map(workload, "spec", "selector", "matchLabels"), workload)
            || Tree.kind(workload).equals("Job"),
        workload,
        "its selector does not choose its own pods");
    String account = Tree.text(pod, "serviceAccountName");
    require(
        account.isEmpty() || manifests.has("ServiceAccount", account),
        workload,
        "no ServiceAccount " + account);
    if (Tree.kind(workload).equals("StatefulSet")) {
      String service = Tree.text(workload, "spec", "serviceName");
      require(
          manifests
              .ofKind("Service")
              .filter(one -> Tree.name(one).equals(service))
              .anyMatch(one -> Tree.text(one, "spec", "clusterIP").equals("None")),
          workload,
          "no headless Service " + service);
    }
    Tree.maps(pod, "topologySpreadConstraints")
        .forEach(
            spread ->
                require(
                    selects(Tree.map(spread, "labelSelector", "matchLabels"), workload),
                    workload,
                    "its spread does not choose its own pods"));
    Set<String> volumes =
        Stream.concat(
                Tree.maps(pod, "volumes").stream().map(volume -> Tree.text(volume, "name")),
                Tree.maps(workload, "spec", "volumeClaimTemplates").stream().map(Tree::name))
            .collect(Collectors.toSet());
    Tree.maps(pod, "volumes").forEach(volume -> volume(workload, volume));
    Set<String> mounted = new HashSet<>();
    for (Map<String, Object> container : Manifests.containers(workload)) {
      container(workload, container);
      for (Map<String, Object> mount : Tree.maps(container, "volumeMounts")) {
        mounted.add(Tree.text(mount, "name"));
      }
    }
    require(mounted.equals(volumes), workload, "volumes " + volumes + ", mounted " + mounted);
  }

  private void volume(Map<String, Object> workload, Map<String, Object> volume) {
    claimed(
        workload, "PersistentVolumeClaim", Tree.text(volume, "persistentVolumeClaim", "claimName"));
    claimed(workload, "ConfigMap", Tree.text(volume, "configMap", "name"));
    secret(workload, Tree.text(volume, "secret", "secretName"));
  }

  private void container(Map<String, Object> workload, Map<String, Object> container) {
    for (Map<String, Object> from : Tree.maps(container, "envFrom")) {
      claimed(workload, "ConfigMap", Tree.text(from, "configMapRef", "name"));
      secret(workload, Tree.text(from, "secretRef", "name"));
    }
    for (Map<String, Object> variable : Tree.maps(container, "env")) {
      secret(workload, Tree.text(variable, "valueFrom", "secretKeyRef", "name"));
      claimed(workload, "ConfigMap", Tree.text(variable, "valueFrom", "configMapKeyRef", "name"));
    }
    Set<String> ports =
        Tree.maps(container, "ports").stream()
            .map(port -> Tree.text(port, "name"))
            .collect(Collectors.toSet());
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      for (String how : List.of("httpGet", "tcpSocket")) {
        String port = Tree.text(container, probe, how, "port");
        require(port.isEmpty() || ports.contains(port), workload, probe + ": no port " + port);
      }
    }
  }

  private void claimed(Map<String, Object> from, String kind, String name) {
    require(name.isEmpty() || manifests.has(kind, name), from, "no " + kind + " " + name);
  }

  /** Secrets are in no manifest: they are made by Strimzi, and named after its users. */
  private void secret(Map<String, Object> from, String name) {
    require(
        name.isEmpty() || name.equals(CLUSTER_CERTIFICATE) || manifests.has("KafkaUser", name),
        from,
        "nothing makes the Secret " + name);
  }

  private void service(Map<String, Object> service) {
    List<Map<String, Object>> chosen = chosen(Tree.map(service, "spec", "selector"));
    require(!chosen.isEmpty(), service, "its selector chooses no pods");
    for (Map<String, Object> port : Tree.maps(service, "spec", "ports")) {
      String target = Tree.text(port, "targetPort");
      require(
          chosen.stream().allMatch(workload -> ports(workload).contains(target)),
          service,
          "no port " + target + " in its pods");
    }
  }

  private void budget(Map<String, Object> budget) {
    require(
        !chosen(Tree.map(budget, "spec", "selector", "matchLabels")).isEmpty(),
        budget,
        "its selector chooses no pods");
  }

  private void policy(Map<String, Object> policy) {
    List<Map<String, Object>> chosen =
        chosen(Tree.map(policy, "spec", "podSelector", "matchLabels"));
    require(!chosen.isEmpty(), policy, "its selector chooses no pods");
    for (Map<String, Object> rule : Tree.maps(policy, "spec", "ingress")) {
      for (Map<String, Object> port : Tree.maps(rule, "ports")) {
        String name = Tree.text(port, "port");
        require(
            chosen.stream().allMatch(workload -> ports(workload).contains(name)),
            policy,
            "no port " + name + " in its pods");
      }
    }
  }

  private void monitor(Map<String, Object> monitor) {
    Map<String, Object> labels = Tree.map(monitor, "spec", "selector", "matchLabels");
    List<Map<String, Object>> services =
        manifests
            .ofKind("Service")
            .filter(
                service ->
                    Tree.map(service, "metadata", "labels")
                        .entrySet()
                        .containsAll(labels.entrySet()))
            .toList();
    require(services.size() == 3, monitor, "chooses " + services.size() + " services, not three");
    for (Map<String, Object> endpoint : Tree.maps(monitor, "spec", "endpoints")) {
      require(
          services.stream()
              .allMatch(
                  service ->
                      Tree.maps(service, "spec", "ports").stream()
                          .anyMatch(port -> port.get("name").equals(endpoint.get("port")))),
          monitor,
          "no port " + endpoint.get("port") + " in the services");
    }
  }

  private void scaled(Map<String, Object> scaled) {
    Map<String, Object> target = Tree.map(scaled, "spec", "scaleTargetRef");
    String kind = Tree.text(target, "kind");
    require(manifests.has(kind, Tree.text(target, "name")), scaled, "no " + target);
    require(
        Tree.at(scaled, "spec", "minReplicaCount") instanceof Integer least && least >= 1,
        scaled,
        "scales to 0");
    manifests
        .ofKind(kind)
        .filter(one -> Tree.name(one).equals(Tree.text(target, "name")))
        .forEach(
            one ->
                require(
                    Tree.at(one, "spec", "replicas") == null,
                    scaled,
                    "the target has replicas of its own"));
  }

  private List<Map<String, Object>> chosen(Map<String, Object> labels) {
    return manifests.workloads().filter(workload -> selects(labels, workload)).toList();
  }

  private static boolean selects(Map<String, Object> labels, Map<String, Object> workload) {
    return !labels.isEmpty()
        && Manifests.podLabels(workload).entrySet().containsAll(labels.entrySet());
  }

  private static Set<String> ports(Map<String, Object> workload) {
    return Manifests.containers(workload).stream()
        .flatMap(container -> Tree.maps(container, "ports").stream())
        .map(port -> Tree.text(port, "name"))
        .collect(Collectors.toSet());
  }
}

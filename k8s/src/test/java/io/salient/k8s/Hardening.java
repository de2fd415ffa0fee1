package io.salient.k8s;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the pod security standard "restricted" asks for, and a little more. */
final class Hardening {
  private static final Pattern PINNED =
      Pattern.compile("[a-z0-9./-]+:[A-Za-z0-9._-]*[0-9][A-Za-z0-9._-]*");

  private final List<String> problems = new ArrayList<>();

  private Hardening() {}

  static List<String> problems(Manifests manifests) {
    Hardening hardening = new Hardening();
    manifests.workloads().forEach(hardening::workload);
    manifests
        .ofKind("ServiceAccount")
        .forEach(
            account ->
                hardening.require(
                    Boolean.FALSE.equals(account.get("automountServiceAccountToken")),
                    account,
                    "mounts its token"));
    return hardening.problems;
  }

  private void require(boolean so, Map<String, Object> object, String what) {
    if (!so) {
      problems.add(Tree.id(object) + ": " + what);
    }
  }

  private void workload(Map<String, Object> workload) {
    Map<String, Object> pod = Manifests.pod(workload);
    require(
        Boolean.FALSE.equals(pod.get("automountServiceAccountToken")), workload, "mounts a token");
    Map<String, Object> context = Tree.map(pod, "securityContext");
    require(Boolean.TRUE.equals(context.get("runAsNonRoot")), workload, "may run as root");
    require(context.get("runAsUser") instanceof Integer user && user > 0, workload, "has no user");
    require(
        Tree.text(context, "seccompProfile", "type").equals("RuntimeDefault"),
        workload,
        "has no seccomp profile");
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
      require(pod.get(host) == null, workload, "uses " + host);
    }
    for (Map<String, Object> volume : Tree.maps(pod, "volumes")) {
      require(volume.get("hostPath") == null, workload, "mounts a path of the node");
    }
    Manifests.containers(workload).forEach(container -> container(workload, container));
  }

  private void container(Map<String, Object> workload, Map<String, Object> container) {
    String image = Tree.text(container, "image");
    require(
        PINNED.matcher(image).matches() && !image.endsWith(":latest"),
        workload,
        "image " + image + " has no version");
    Map<String, Object> context = Tree.map(container, "securityContext");
    require(
        Boolean.FALSE.equals(context.get("allowPrivilegeEscalation")),
        workload,
        "may gain privileges");
    require(
        Boolean.TRUE.equals(context.get("readOnlyRootFilesystem")),
        workload,
        "its root file system can be written");
    require(
        Tree.texts(context, "capabilities", "drop").equals(List.of("ALL"))
            && Tree.values(context, "capabilities", "add").isEmpty(),
        workload,
        "has capabilities");
    require(context.get("privileged") == null, workload, "privileged");
    for (String resource : List.of("cpu", "memory")) {
      require(
          !Tree.text(container, "resources", "requests", resource).isEmpty(),
          workload,
          "requests no " + resource);
    }
    require(
        !Tree.text(container, "resources", "limits", "memory").isEmpty(),
        workload,
        "has no limit of memory");
    require(
        Tree.maps(container, "volumeMounts").stream()
            .anyMatch(mount -> Tree.text(mount, "mountPath").equals("/tmp")),
        workload,
        "has nowhere to write: /tmp");
  }
}

package dev.mlops.platform.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/** What the cluster of a {@link ClusterRehearsal} says that it has: a release with one replica. */
final class RehearsedObjects {
  private static final String IMAGE =
      "sha256:0000000000000000000000000000000000000000000000000000000000000000";

  private static final String LABELS =
      """
      {"app.kubernetes.io/managed-by": "mlops", "mlops.dev/project": "rehearsal",
       "mlops.dev/environment": "kube", "mlops.dev/namespace": "rehearsal",
       "mlops.dev/release": "000000000000", "app": "rehearsal", "pod-template-hash": "a"}
      """;

  private static final String METADATA =
      """
      "metadata": {"name": "rehearsal", "namespace": "rehearsal", "uid": "u", "generation": 1,
       "creationTimestamp": "2026-01-01T00:00:00Z", "labels": %s,
       "annotations": {"mlops.dev/image": "%s", "deployment.kubernetes.io/revision": "1"}}
      """
          .formatted(LABELS, IMAGE);

  private static final String POD =
      """
      {"containers": [{"name": "rehearsal", "image": "rehearsal@%s", "ports": [{"containerPort": 8000}],
        "resources": {"requests": {"cpu": "100m"}, "limits": {"memory": "256Mi"}}}]}
      """
          .formatted(IMAGE);

  /** Plural of a kind to the one object of it, without its apiVersion and kind. */
  private static final Map<String, String> ITEMS =
      Map.of(
          "deployments",
          """
          "spec": {"replicas": 1, "selector": {"matchLabels": {"app": "rehearsal"}},
            "template": {"metadata": {"labels": %s}, "spec": %s}},
          "status": {"observedGeneration": 1, "replicas": 1, "updatedReplicas": 1, "readyReplicas": 1,
            "availableReplicas": 1, "conditions": [{"type": "Available", "status": "True",
            "lastTransitionTime": "2026-01-01T00:00:00Z"}]}
          """
              .formatted(LABELS, POD),
          "pods",
          """
          "spec": %s,
          "status": {"phase": "Running", "startTime": "2026-01-01T00:00:00Z",
            "conditions": [{"type": "Ready", "status": "True"}],
            "containerStatuses": [{"name": "rehearsal", "ready": true, "restartCount": 0,
            "state": {"running": {"startedAt": "2026-01-01T00:00:00Z"}}, "lastState": {}}]}
          """
              .formatted(POD),
          "services",
          """
          "spec": {"type": "LoadBalancer", "selector": {"app": "rehearsal"},
            "ports": [{"port": 80, "targetPort": 8000}]},
          "status": {"loadBalancer": {"ingress": [{"ip": "127.0.0.1"}]}}
          """,
          "horizontalpodautoscalers",
          """
          "spec": {"minReplicas": 1, "maxReplicas": 2,
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "rehearsal"},
            "metrics": [{"type": "Resource", "resource": {"name": "cpu",
            "target": {"type": "Utilization", "averageUtilization": 60}}}]},
          "status": {"currentMetrics": [{"type": "Resource", "resource": {"name": "cpu",
            "current": {"averageUtilization": 10}}}], "conditions": []}
          """,
          "events",
          """
          "type": "Normal", "reason": "Started", "message": "Started container rehearsal",
          "involvedObject": {"kind": "Pod", "name": "rehearsal"}, "count": 1,
          "lastTimestamp": "2026-01-01T00:00:00Z"
          """);

  private RehearsedObjects() {}

  /** In JSON; empty for kinds that it has not. */
  static byte[] list(String plural) {
    String item = ITEMS.get(plural);
    String items = item == null ? "" : "{" + METADATA + ", " + item + "}";
    return ("{\"kind\": \"List\", \"apiVersion\": \"v1\", \"metadata\": {\"resourceVersion\": \"1\"},"
            + " \"items\": ["
            + items
            + "]}")
        .getBytes(UTF_8);
  }
}

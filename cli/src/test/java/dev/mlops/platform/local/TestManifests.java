package dev.mlops.platform.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.mlops.config.Scale;
import dev.mlops.manifest.Manifests;
import dev.mlops.manifest.ScaleOverride;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Manifests of a service that starts and ends quickly, and changes to them. */
public record TestManifests(List<ObjectNode> objects) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  public static TestManifests replicas(int count) {
    return new TestManifests(
        List.of(
            parse(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: tiny}
                spec:
                  replicas: %d
                  progressDeadlineSeconds: 20
                  selector: {matchLabels: {app: tiny}}
                  template:
                    metadata: {labels: {app: tiny}}
                    spec:
                      terminationGracePeriodSeconds: 5
                      containers:
                        - name: tiny
                          image: tiny
                          ports: [{containerPort: 8000, name: http}]
                          env: []
                          startupProbe:
                            httpGet: {path: /live_check, port: http}
                            periodSeconds: 1
                            failureThreshold: 15
                          readinessProbe:
                            httpGet: {path: /ready_check, port: http}
                            periodSeconds: 1
                            failureThreshold: 1
                          livenessProbe:
                            httpGet: {path: /live_check, port: 8000}
                            periodSeconds: 1
                            failureThreshold: 1
                          resources: {requests: {cpu: 100m}, limits: {memory: 128Mi}}
                """
                    .formatted(count)),
            parse(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: tiny}
                spec:
                  type: LoadBalancer
                  selector: {app: tiny}
                  ports: [{port: 80, targetPort: 8000}]
                """)));
  }

  /** Of pods that are ready as soon as they run, and go at once. */
  public static TestManifests quick(int count) {
    return replicas(count)
        .deployment(deployment -> {
          ObjectNode pods = deployment.withObject("/spec/template/spec");
          pods.put("terminationGracePeriodSeconds", 0);
          ((ObjectNode) pods.at("/containers/0"))
              .remove(List.of("startupProbe", "readinessProbe", "livenessProbe"));
        });
  }

  public TestManifests env(String name, String value) {
    ObjectNode deployment = objects.getFirst().deepCopy();
    var env = deployment.withArray("/spec/template/spec/containers/0/env");
    env.addObject().put("name", name).put("value", value);
    List<ObjectNode> changed = new ArrayList<>(objects);
    changed.set(0, deployment);
    return new TestManifests(changed);
  }

  /** With the Deployment changed. */
  public TestManifests deployment(Consumer<ObjectNode> change) {
    ObjectNode deployment = objects.getFirst().deepCopy();
    change.accept(deployment);
    List<ObjectNode> changed = new ArrayList<>(objects);
    changed.set(0, deployment);
    return new TestManifests(changed);
  }

  /** With one more object. */
  public TestManifests and(String yaml) {
    List<ObjectNode> more = new ArrayList<>(objects);
    more.add(parse(yaml));
    return new TestManifests(more);
  }

  public TestManifests autoscaled(int min, int max) {
    List<ObjectNode> more = new ArrayList<>(objects);
    more.add(
        parse(
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: tiny}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: tiny}
              minReplicas: %d
              maxReplicas: %d
              metrics:
                - type: Resource
                  resource: {name: cpu, target: {type: Utilization, averageUtilization: 100}}
              behavior:
                scaleDown: {stabilizationWindowSeconds: 0}
            """
                .formatted(min, max)));
    return new TestManifests(more);
  }

  /**
   * @param rps requests per second that each replica is to have
   */
  public TestManifests autoscaledByRequests(int min, int max, double rps) {
    TestManifests autoscaled = autoscaled(min, max);
    autoscaled.objects.getLast().withObject("spec").putArray("metrics");
    Scale scale = new Scale(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(rps));
    return new TestManifests(ScaleOverride.apply(autoscaled.objects, scale));
  }

  /** With the objects of a {@code List} too. */
  public TestManifests with(String list) {
    List<ObjectNode> more = new ArrayList<>(objects);
    parse(list).path("items").forEach(item -> more.add((ObjectNode) item));
    return new TestManifests(more);
  }

  public Desired release(TestImage image) {
    return new Desired(
        new Release(image.digest().brief(), image.digest(), Map.of("commit", "abc")),
        Manifests.withImage(objects, "tiny", image.reference()));
  }

  private static ObjectNode parse(String yaml) {
    try {
      return (ObjectNode) YAML.readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Desired;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;

/** Sets the count of replicas, where that is not the manifests' business. */
record Scaling(Site site) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A new Deployment has one replica until its autoscaler has looked, and that may take a while: it
   * begins with the manifest's count within the autoscaler's bounds.
   */
  void begin(Desired desired) {
    for (Deployment deployment : site.deployments()) {
      int wanted = replicas(desired, deployment.getMetadata().getName()).orElse(1);
      autoscaler(deployment)
          .map(a -> Math.clamp(wanted, Autoscalers.min(a), a.getSpec().getMaxReplicas()))
          .filter(count -> count > StatusReader.desired(deployment))
          .ifPresent(count -> patch(deployment, spec(count)));
    }
  }

  /** Stops a Deployment; one call, so that there is no half of it. */
  void stop(Deployment deployment) {
    if (Pause.of(deployment).isPresent()) {
      return;
    }
    Optional<HorizontalPodAutoscaler> autoscaler = autoscaler(deployment);
    var pause =
        new Pause(
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            StatusReader.desired(deployment),
            autoscaler.map(a -> OptionalInt.of(Autoscalers.min(a))).orElse(OptionalInt.empty()),
            autoscaler
                .map(a -> OptionalInt.of(a.getSpec().getMaxReplicas()))
                .orElse(OptionalInt.empty()));
    patch(deployment, PowerPatch.annotated(spec(0), Pause.ANNOTATION, pause.text()));
  }

  /** Starts a Deployment with as many replicas as it had. */
  void start(Deployment deployment, Pause pause) {
    int count =
        new Autoscalers(site)
            .of(deployment)
            .map(
                a -> Math.clamp(pause.replicas(), Autoscalers.min(a), a.getSpec().getMaxReplicas()))
            .orElse(pause.replicas());
    patch(deployment, PowerPatch.annotated(spec(count), Pause.ANNOTATION, null));
  }

  /** A paused Deployment whose manifest says another count shall have that when it resumes. */
  void remember(Desired desired) {
    for (Deployment deployment : site.deployments()) {
      Optional<Pause> pause = Pause.of(deployment);
      OptionalInt wanted = replicas(desired, deployment.getMetadata().getName());
      if (pause.isPresent() && wanted.isPresent() && autoscaler(deployment).isEmpty()) {
        Pause kept = pause.get().withReplicas(wanted.getAsInt());
        patch(deployment, PowerPatch.annotated(spec(0), Pause.ANNOTATION, kept.text()));
      }
    }
  }

  private Optional<HorizontalPodAutoscaler> autoscaler(Deployment deployment) {
    return new Autoscalers(site).of(deployment);
  }

  /** What the manifest of a Deployment says. */
  static OptionalInt replicas(Desired desired, String deployment) {
    return desired.manifests().stream()
        .filter(manifest -> manifest.path("kind").asText().equals("Deployment"))
        .filter(manifest -> manifest.at("/metadata/name").asText().equals(deployment))
        .map(manifest -> manifest.at("/spec/replicas"))
        .filter(JsonNode::isInt)
        .mapToInt(JsonNode::asInt)
        .findFirst();
  }

  private static ObjectNode spec(int replicas) {
    ObjectNode patch = JSON.createObjectNode();
    patch.putObject("spec").put("replicas", replicas);
    return patch;
  }

  private void patch(Deployment deployment, ObjectNode patch) {
    String name = deployment.getMetadata().getName();
    site.ask(
        "scale Deployment " + name,
        client ->
            client
                .apps()
                .deployments()
                .inNamespace(site.namespace())
                .withName(name)
                .patch(PowerPatch.context(), patch.toString()));
  }
}

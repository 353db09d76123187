package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What runs beside the Deployments of the environment's own namespace: a pause takes StatefulSets,
 * and Deployments elsewhere, to no replicas and suspends CronJobs. What they were stands in an
 * annotation that is set by the very call that stops them.
 */
record OtherWorkloads(Site site) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Kind STATEFUL_SET = new Kind("apps/v1", "StatefulSet");
  private static final Kind DEPLOYMENT = new Kind("apps/v1", "Deployment");
  private static final Kind CRON_JOB = new Kind("batch/v1", "CronJob");
  private static final List<Kind> KINDS = List.of(DEPLOYMENT, STATEFUL_SET, CRON_JOB);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final String UNCHANGED = "That has not changed for 10 minutes.";

  /** The key of its spec that says how much of it runs, and what is nothing. */
  private enum Power {
    REPLICAS("replicas", "0", "1"),
    SUSPEND("suspend", "true", "false");

    private final String key;
    private final String off;
    private final String usual;

    Power(String key, String off, String usual) {
      this.key = key;
      this.off = off;
      this.usual = usual;
    }

    static Power of(JsonNode object) {
      return object.path("kind").asText().equals("CronJob") ? SUSPEND : REPLICAS;
    }

    ObjectNode spec(String value) {
      ObjectNode patch = JSON.createObjectNode();
      ObjectNode spec = patch.putObject("spec");
      if (this == SUSPEND) {
        spec.put(key, Boolean.parseBoolean(value));
      } else {
        spec.put(key, Integer.parseInt(value));
      }
      return patch;
    }

    String now(JsonNode object) {
      return object.at("/spec/" + key).asText(usual);
    }
  }

  private boolean is(JsonNode object) {
    Kind kind = Kind.of(object);
    String namespace = object.at("/metadata/namespace").asText(site.namespace());
    return kind.same(STATEFUL_SET)
        || kind.same(CRON_JOB)
        || (kind.same(DEPLOYMENT) && !namespace.equals(site.namespace()));
  }

  /** A manifest as it is applied while the environment is paused. */
  void hold(ObjectNode manifest) {
    if (is(manifest)) {
      Power power = Power.of(manifest);
      manifest.withObject("spec").setAll((ObjectNode) power.spec(power.off).path("spec"));
    }
  }

  void stop() {
    for (GenericKubernetesResource found : all()) {
      ObjectNode object = Applier.tree(found);
      if (kept(object).isMissingNode()) {
        Power power = Power.of(object);
        patch(
            found,
            PowerPatch.annotated(power.spec(power.off), Pause.ANNOTATION, power.now(object)));
      }
    }
  }

  void start() {
    for (GenericKubernetesResource found : all()) {
      ObjectNode object = Applier.tree(found);
      JsonNode kept = kept(object);
      if (!kept.isMissingNode()) {
        patch(
            found,
            PowerPatch.annotated(Power.of(object).spec(kept.asText()), Pause.ANNOTATION, null));
      }
    }
  }

  /** What paused ones shall be after a resume, if the manifests that were taken in say so. */
  void remember(List<ObjectNode> manifests) {
    for (GenericKubernetesResource found : all()) {
      ObjectNode object = Applier.tree(found);
      Power power = Power.of(object);
      manifests.stream()
          .filter(manifest -> site.inventory().same(found, manifest))
          .map(manifest -> manifest.at("/spec/" + power.key))
          .map(value -> value.asText(kept(object).asText(power.usual)))
          .findFirst()
          .ifPresent(value ->
              patch(found, PowerPatch.annotated(power.spec(power.off), Pause.ANNOTATION, value)));
    }
  }

  /**
   * @throws dev.mlops.problem.MlopsException naming what does not stop
   */
  void awaitEnd(Consumer<String> progress) throws InterruptedException {
    new Wait(LONGEST)
        .until(
            () -> waitingFor(set -> set.at("/status/replicas").asInt() == 0, "to end"),
            progress,
            waiting ->
                Code.KUBERNETES_STUCK.problem(
                    "Not all has stopped: " + waiting, UNCHANGED, "mlops pause"));
  }

  /**
   * @throws dev.mlops.problem.MlopsException naming what does not get ready
   */
  void awaitStart(Consumer<String> progress) throws InterruptedException {
    new Wait(LONGEST)
        .until(
            () -> waitingFor(OtherWorkloads::isReady, "to be ready"),
            progress,
            waiting ->
                Code.KUBERNETES_ROLLOUT.problem(
                    "Not all came up again: " + waiting, UNCHANGED, "mlops resume"));
  }

  private static boolean isReady(JsonNode set) {
    return set.at("/status/readyReplicas").asInt() >= set.at("/spec/replicas").asInt(1);
  }

  private String waitingFor(Predicate<JsonNode> done, String what) {
    String left =
        all().stream()
            .map(object -> (JsonNode) Applier.tree(object))
            .filter(object -> !Kind.of(object).same(CRON_JOB) && !done.test(object))
            .map(Removal::title)
            .collect(Collectors.joining(", "));
    return left.isEmpty() ? "" : "waiting for " + left + " " + what;
  }

  /** Of the kinds that were applied: others there are none of. */
  private List<GenericKubernetesResource> all() {
    Extent told = site.told();
    return told.kinds().stream()
        .filter(kind -> KINDS.stream().anyMatch(kind::same))
        .flatMap(kind -> site.cluster().discovery().find(kind).stream())
        .flatMap(kind -> Listing.of(kind, told).stream())
        .flatMap(listing -> listing.ask(site.cluster(), site.settings().owner()).stream())
        .filter(object -> is(Applier.tree(object)))
        .toList();
  }

  private static JsonNode kept(ObjectNode object) {
    return object.path("metadata").path("annotations").path(Pause.ANNOTATION);
  }

  private void patch(GenericKubernetesResource object, ObjectNode patch) {
    ApiProblems.doing(
        site.cluster(),
        "scale " + object.getKind() + " " + object.getMetadata().getName(),
        () ->
            new Resources(site.cluster())
                .of(object, site.namespace())
                .patch(PowerPatch.context(), patch.toString()));
  }
}

package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Ownership;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Objects with our labels, and the namespace if we made it. */
record KubernetesOwnership(Site site) implements Ownership {
  private static final Duration LOOK = Duration.ofMillis(500);

  @Override
  public List<Owned> owned() {
    List<Owned> owned = new ArrayList<>();
    objects().forEach(object -> owned.add(owned(object)));
    if (new Namespaces(site).isOurs()) {
      owned.add(new Owned("Namespace", site.namespace(), "made by mlops"));
    }
    return owned;
  }

  @Override
  public void remove(Consumer<String> progress) throws InterruptedException {
    for (List<GenericKubernetesResource> left = objects(); !left.isEmpty(); left = objects()) {
      for (GenericKubernetesResource object : left) {
        if (object.getMetadata().getDeletionTimestamp() == null) {
          progress.accept("removing " + title(object));
          delete(object);
        }
      }
      Thread.sleep(LOOK);
    }
    new Namespaces(site).removeIfOurs(progress);
  }

  private List<GenericKubernetesResource> objects() {
    return site.inventory().find(List.of());
  }

  private void delete(GenericKubernetesResource object) {
    ApiProblems.doing(
        site.cluster(),
        "remove " + title(object),
        () ->
            site.cluster()
                .client()
                .resource(object)
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete());
  }

  private static Owned owned(GenericKubernetesResource object) {
    Duration age =
        Duration.between(Instant.parse(object.getMetadata().getCreationTimestamp()), Instant.now());
    return new Owned(
        object.getKind(), object.getMetadata().getName(), age.toMinutes() + " min old");
  }

  private static String title(GenericKubernetesResource object) {
    return object.getKind() + " " + object.getMetadata().getName();
  }
}

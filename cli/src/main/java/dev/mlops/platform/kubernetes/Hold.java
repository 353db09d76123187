package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Desired;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Deployments as they are applied while their environment is paused: with no replicas, and with the
 * note that a resume goes by, which what is new has to bring along.
 *
 * @param there those that are in the cluster
 */
record Hold(Site site, List<Deployment> there, Desired desired) {

  void on(ObjectNode object) {
    if (site.isOwnDeployment(object)) {
      Pause pause = pause(object.at("/metadata/name").asText());
      object.withObject("spec").put("replicas", 0);
      object.withObject("metadata").withObject("annotations").put(Pause.ANNOTATION, pause.text());
    }
  }

  private Pause pause(String name) {
    Optional<Deployment> live =
        there.stream().filter(d -> d.getMetadata().getName().equals(name)).findFirst();
    return live.flatMap(Pause::of).orElseGet(() -> begun(live, name));
  }

  /** Of what is new, or was started by a resume that was cut off. */
  private Pause begun(Optional<Deployment> live, String name) {
    int runs = live.map(StatusReader::desired).orElse(0);
    return new Pause(
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        runs > 0 ? runs : Scaling.replicas(desired, name).orElse(1),
        OptionalInt.empty(),
        OptionalInt.empty());
  }
}

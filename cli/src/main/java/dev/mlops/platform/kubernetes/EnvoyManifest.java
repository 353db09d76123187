package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pod of an {@link Envoy}: small, within Pod Security {@code restricted}, and ended by itself.
 *
 * @param image as the release's container names it
 * @param command in place of the image's own entrypoint; empty for that
 * @param like the pods that it stands for, of which it takes where it may run and what it pulls
 *     with
 */
record EnvoyManifest(
    Site site, String image, List<String> command, List<String> arguments, Optional<PodSpec> like) {
  static final int LONGEST_SECONDS = 60;

  private static final String CONTAINER = "look";
  private static final int LONGEST_NAME = 63;

  EnvoyManifest {
    command = List.copyOf(command);
    arguments = List.copyOf(arguments);
  }

  Pod build() {
    var owner = site.settings().owner();
    String name = owner.project() + "-" + owner.environment() + "-doctor";
    Map<String, String> labels = new TreeMap<>(owner.labels());
    labels.put(JobManifest.LABEL, "doctor");
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name.substring(Math.max(0, name.length() - LONGEST_NAME)))
            .withNamespace(site.namespace())
            .withLabels(labels)
            .endMetadata()
            .withNewSpec()
            .withRestartPolicy("Never")
            .withActiveDeadlineSeconds((long) LONGEST_SECONDS)
            .withTerminationGracePeriodSeconds(1L)
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withSecurityContext(Restricted.pod().build())
            .addNewContainer()
            .withName(CONTAINER)
            .withImage(image)
            .withImagePullPolicy("Always") // else a node that has it would not ask the registry
            .withCommand(command)
            .withArgs(arguments)
            .withNewResources()
            .withRequests(room("50m", "64Mi"))
            .withLimits(room("500m", "256Mi"))
            .endResources()
            .withSecurityContext(Restricted.container())
            .endContainer()
            .endSpec()
            .build();
    like.ifPresent(spec -> take(pod.getSpec(), spec));
    return pod;
  }

  private static void take(PodSpec into, PodSpec from) {
    into.setServiceAccountName(from.getServiceAccountName());
    into.setImagePullSecrets(from.getImagePullSecrets());
    into.setNodeSelector(from.getNodeSelector());
    into.setTolerations(from.getTolerations());
    into.setDnsPolicy(from.getDnsPolicy());
    into.setDnsConfig(from.getDnsConfig());
  }

  private static Map<String, Quantity> room(String cpu, String memory) {
    return Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory));
  }
}

package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Images that a node does not get. */
final class ImageFaults {
  private static final Set<String> REASONS =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable");

  private static final Pattern DENIED =
      Pattern.compile(
          "unauthorized|authentication required|denied|forbidden|no basic auth|\\b401\\b|\\b403\\b");

  private static final Pattern MISSING =
      Pattern.compile(
          "not found|manifest unknown|name unknown|invalidimagename|couldn't parse|never ?pull");

  /** What the container runtime was at, naming the image that is named already. */
  private static final Pattern RUNTIMES_OWN =
      Pattern.compile("failed to (?:pull and unpack image|resolve reference) \"[^\"]*\": ");

  /** A registry answers the same to a second look, unless it is copying the image this moment. */
  private static final Duration ANSWERED = Duration.ofSeconds(3);

  /** The kubelet tries again after 10, 20 and 40 s. */
  private static final Duration SILENT = Duration.ofSeconds(45);

  private ImageFaults() {}

  static Stream<Fault> of(Pod pod) {
    return PodState.containers(pod)
        .filter(container -> container.getState().getWaiting() != null)
        .filter(container -> REASONS.contains(container.getState().getWaiting().getReason()))
        .map(container -> fault(pod, container, container.getState().getWaiting()));
  }

  private static Fault fault(Pod pod, ContainerStatus container, ContainerStateWaiting waiting) {
    String words = Objects.requireNonNullElse(waiting.getMessage(), waiting.getReason());
    String all = (waiting.getReason() + " " + words).toLowerCase(Locale.ROOT);
    // A registry that hides what it refuses says both: then the rights come first.
    Code code =
        DENIED.matcher(all).find()
            ? Code.KUBERNETES_IMAGE_DENIED
            : MISSING.matcher(all).find()
                ? Code.KUBERNETES_IMAGE_MISSING
                : Code.KUBERNETES_IMAGE_PULL;
    return new Fault(
        code,
        pod.getMetadata().getName(),
        "",
        code.title() + " " + container.getImage(),
        registrysOwn(words),
        code == Code.KUBERNETES_IMAGE_MISSING ? "mlops up" : "mlops doctor",
        code == Code.KUBERNETES_IMAGE_PULL ? SILENT : ANSWERED);
  }

  /** Behind what the kubelet and the container runtime put before it. */
  private static String registrysOwn(String words) {
    int start = words.lastIndexOf(" desc = ");
    String own = start < 0 ? words : words.substring(start + " desc = ".length());
    return RUNTIMES_OWN.matcher(own).replaceAll("");
  }
}

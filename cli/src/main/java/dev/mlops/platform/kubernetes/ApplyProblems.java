package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Why a server does not take an object. */
final class ApplyProblems {
  private static final String CONFLICT = "FieldManagerConflict";

  /** As in {@code conflict with "kubectl" using apps/v1}. */
  private static final Pattern OWNER = Pattern.compile("\"([^\"]+)\"");

  private ApplyProblems() {}

  /**
   * @param kubectl with what leads to the object's place
   * @param wanted the object as it was sent
   * @param live as it is in the cluster; empty if it can't be read
   */
  static MlopsException of(
      Cluster cluster,
      String kubectl,
      ObjectNode wanted,
      Optional<ObjectNode> live,
      KubernetesClientException e) {
    String title = Removal.title(wanted);
    List<StatusCause> causes = causes(e);
    if (isConflict(e)) {
      return Code.KUBERNETES_CONFLICT.problem(
          title
              + " has fields that somebody else set:\n"
              + causes.stream()
                  .map(cause -> line(cause, wanted, live))
                  .collect(Collectors.joining("\n")),
          "What others own is not overwritten unasked.",
          "Take the values over into k8s/, or run again with --force-conflicts",
          e);
    }
    List<StatusCause> fixed = causes.stream().filter(FixedFields::isCause).toList();
    if (e.getCode() == 422 && !fixed.isEmpty()) {
      return new FixedFields(wanted, live).problem(kubectl, fixed, e);
    }
    return ApiProblems.of(cluster, "apply " + title, e);
  }

  /** Whether what is there makes the problem clearer. */
  static boolean needsLive(KubernetesClientException e) {
    return isConflict(e) || e.getCode() == 422;
  }

  static boolean isConflict(KubernetesClientException e) {
    return e.getCode() == 409
        && causes(e).stream().anyMatch(cause -> CONFLICT.equals(cause.getReason()));
  }

  /** Whether nobody else is in the way. */
  static boolean isConflictWith(String manager, KubernetesClientException e) {
    List<StatusCause> causes = causes(e);
    return e.getCode() == 409
        && !causes.isEmpty()
        && causes.stream()
            .allMatch(cause ->
                CONFLICT.equals(cause.getReason())
                    && cause.getMessage().contains("\"" + manager + "\""));
  }

  /** Such as {@code .spec.replicas is 5, set by kubectl; the manifests say 3}. */
  private static String line(StatusCause cause, ObjectNode wanted, Optional<ObjectNode> live) {
    var path = new FieldPath(cause.getField());
    Matcher owner = OWNER.matcher(cause.getMessage());
    if (wanted.path("kind").asText().equals("Secret")) {
      return "  " + cause.getField() + ", set by " + (owner.find() ? owner.group(1) : "somebody");
    }
    return "  "
        + cause.getField()
        + live.map(path::in).filter(value -> !value.isMissingNode()).map(v -> " is " + v).orElse("")
        + ", set by "
        + (owner.find() ? owner.group(1) : cause.getMessage())
        + "; the manifests say "
        + path.in(wanted);
  }

  private static List<StatusCause> causes(KubernetesClientException e) {
    return e.getStatus() == null || e.getStatus().getDetails() == null
        ? List.of()
        : e.getStatus().getDetails().getCauses();
  }
}

package dev.mlops.platform.gcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.config.Gcp;
import dev.mlops.config.GcpEndpoints;
import dev.mlops.platform.Digest;
import dev.mlops.platform.Jobs;
import dev.mlops.platform.Resource;
import dev.mlops.platform.kubernetes.Note;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whether the pods are to Google whom they were made: a Job of the image itself, as the pods'
 * ServiceAccount, asks who it is. Any pod of any cluster gets a token, so that one comes says
 * nothing; whose it is does.
 *
 * @param note where the answer is kept, so that it is asked for once
 * @param variables of the pods that say where the metadata server is
 */
record IdentityVerification(
    Site site, Jobs jobs, Note note, Map<String, String> variables, Digest image)
    implements Resource {
  static final String ID = "verify-identity";
  static final String NOTE = "mlops-identity";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> SMALL = Map.of("cpu", "50m", "memory", "128Mi");
  private static final Duration LONGEST = Duration.ofMinutes(3);

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Verify the identity";
  }

  @Override
  public State look() {
    return note.read().filter(kept -> kept.startsWith(expected() + " ")).isPresent()
        ? new State.Ready(note.read().orElseThrow())
        : new State.Missing("whether the pods are " + expected());
  }

  @Override
  public String ensure(Consumer<String> progress) throws InterruptedException {
    progress.accept("asking in a pod who it is");
    String words = judge(ask(progress));
    note.write(words);
    return words;
  }

  /** What the metadata server calls the pods. */
  private String expected() {
    return site.config().mode() == Gcp.Identity.IMPERSONATION
        ? PodIdentity.account(site).email()
        : site.names().workloadPool();
  }

  private JsonNode ask(Consumer<String> progress) throws InterruptedException {
    var spec =
        new Jobs.Spec(
            "who-am-i-" + image.brief(),
            image,
            List.of("identity"),
            variables,
            1,
            false,
            new Jobs.Room(SMALL, SMALL, Optional.empty(), LONGEST),
            Optional.of(site.settings().serviceAccount()));
    JsonNode[] answer = {JSON.missingNode()};
    try (Jobs.Running running = jobs.start(spec, progress)) {
      running.follow(line -> {
        answer[0] = read(line.text());
        return answer[0].isMissingNode();
      });
    }
    return answer[0];
  }

  /** Anything else that the image says is passed over. */
  private static JsonNode read(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      return node.path("event").asText().equals("identity") ? node : JSON.missingNode();
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  /**
   * @param answer the pod's, missing if it gave none
   * @throws MlopsException if they are somebody else
   */
  String judge(JsonNode answer) {
    String identity = answer.path("identity").asText();
    String pool = answer.path("pool").asText();
    if (answer.isMissingNode()) {
      throw wrong("The pod did not say who it is.");
    }
    if (identity.isEmpty() && isEmulated()) {
      return expected() + " was not verified: no metadata server answers in the cluster's pods";
    }
    if (identity.isEmpty()) {
      throw wrong("No metadata server answers in the cluster's pods.");
    }
    if (!identity.equals(expected()) || !pool.equals(site.names().workloadPool())) {
      throw wrong("They are " + identity + ", of the pool " + pool + ".");
    }
    String audience = answer.path("audience").asText();
    return expected()
        + " is what the pods are, of the pool "
        + pool
        + (audience.isEmpty() ? "" : ", with tokens for " + audience);
  }

  /** A cluster that an emulator made may be any; one of Google's has a metadata server. */
  private boolean isEmulated() {
    return site.config().endpoints().of("container").filter(GcpEndpoints::isLoopback).isPresent();
  }

  private MlopsException wrong(String why) {
    return Code.GCP_IDENTITY.problem(
        "The pods are not " + expected() + " to Google",
        why + " Workload identity is what makes them so, for the cluster and for each node pool.",
        "mlops provision --only cluster,pod-identity");
  }
}

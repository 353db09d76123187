package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.container.v1.Cluster;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Looks through Compute for what belongs to the cluster, with all pages of every kind.
 *
 * @param wasOurs whether a cluster that is gone is known to have been ours
 */
record Sweep(Site site, boolean wasOurs) {
  static final String API = "compute";

  /** Of a cluster that is not ours nothing is: its own owner may still use it. */
  Kinship.Told tell() throws InterruptedException {
    Optional<Cluster> cluster = ClusterResource.find(site);
    if (cluster.isPresent() && !site.names().areOurs(cluster.get().getResourceLabelsMap())) {
      return new Kinship.Told(List.of(), List.of(), Map.of());
    }
    List<Leftover> all = new ArrayList<>();
    Map<LeftoverKind, String> unseen = new EnumMap<>(LeftoverKind.class);
    for (Listing kind : Parallel.map(List.of(LeftoverKind.values()), this::look)) {
      all.addAll(kind.found());
      if (!kind.unseen().isEmpty()) {
        unseen.put(kind.kind(), kind.unseen());
      }
    }
    return all.isEmpty()
        ? new Kinship.Told(List.of(), List.of(), unseen)
        : kinship(cluster.isEmpty() && site.config().adopt() && !wasOurs).tell(all).without(unseen);
  }

  /**
   * What Compute has of a kind.
   *
   * @param unseen why it does not say; empty if it does
   */
  private record Listing(LeftoverKind kind, List<Leftover> found, String unseen) {}

  private Listing look(LeftoverKind kind) throws InterruptedException {
    try {
      return new Listing(kind, list(kind), "");
    } catch (MlopsException e) {
      if (e.problem().code() != Code.GCP_DENIED) {
        throw e;
      }
      return new Listing(kind, List.of(), e.problem().why());
    }
  }

  boolean isThere(Leftover leftover) throws InterruptedException {
    return find("read the " + leftover.kind().label() + " " + leftover.name(), leftover.path())
        .isPresent();
  }

  /**
   * @param mayBeAdopted whether a cluster that is gone may have been somebody else's
   */
  private Kinship kinship(boolean mayBeAdopted) throws InterruptedException {
    List<String> others =
        ClusterResource.others(site).stream().map(Cluster::getName).distinct().toList();
    return new Kinship(
        site.config().cluster().name().text(),
        site.config().location(),
        site.settings().owner().namespace(),
        site.names().labels(),
        others,
        mayBeAdopted);
  }

  private List<Leftover> list(LeftoverKind kind) throws InterruptedException {
    String root = "/compute/v1/" + site.projectName();
    String path = root + (kind.isGlobal() ? "/global/" : "/aggregated/") + kind.collection();
    List<Leftover> found = new ArrayList<>();
    String page = "";
    do {
      Optional<JsonNode> answer = find("list each " + kind.label(), path + page);
      answer.ifPresent(json -> collect(kind, json, found));
      String next = answer.map(json -> json.path("nextPageToken").asText()).orElse("");
      page = next.isEmpty() ? "" : "?pageToken=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    } while (!page.isEmpty());
    return found;
  }

  /** Global lists are flat; others have a list for each region and zone. */
  private void collect(LeftoverKind kind, JsonNode answer, List<Leftover> found) {
    if (kind.isGlobal()) {
      answer.path("items").forEach(thing -> found.add(leftover(kind, "global", thing)));
      return;
    }
    for (Map.Entry<String, JsonNode> scope : answer.path("items").properties()) {
      scope
          .getValue()
          .path(kind.collection())
          .forEach(thing -> found.add(leftover(kind, scope.getKey(), thing)));
    }
  }

  /** Links are Google's; what answers in its place may leave them out. */
  private Leftover leftover(LeftoverKind kind, String scope, JsonNode thing) {
    if (thing instanceof ObjectNode object && !object.hasNonNull("selfLink")) {
      object.put(
          "selfLink",
          String.join(
              "/",
              "/compute/v1",
              site.projectName(),
              scope,
              kind.collection(),
              object.path("name").asText()));
    }
    return new Leftover(kind, thing);
  }

  /**
   * @param path of an operation
   * @throws MlopsException if it ended with an error
   */
  void throwIfFailed(String deed, String path) throws InterruptedException {
    Optional<JsonNode> operation = find("follow an operation", path);
    JsonNode errors = operation.map(now -> now.at("/error/errors")).orElse(NullNode.getInstance());
    if (!errors.isEmpty()) {
      throw Code.GCP_OPERATION.problem(
          "Google could not " + deed,
          errors
              .valueStream()
              .map(error -> error.path("message").asText(error.path("code").asText()))
              .collect(Collectors.joining("\n")),
          "Run the command again");
    }
  }

  private Optional<JsonNode> find(String deed, String path) throws InterruptedException {
    Callable<JsonNode> call = () -> site.clients().rest(API).get(path);
    try {
      return site.policy().find(deed, call);
    } catch (MlopsException e) {
      if (e.problem().code() == Code.GCP_BILLING) {
        return Optional.empty(); // nothing can be there without
      }
      throw e;
    }
  }
}

package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.container.v1.Cluster;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Looks through Compute for what belongs to the cluster, with all pages of every kind. */
record Sweep(Site site) {
  static final String API = "compute";

  /** Of a cluster that is not ours nothing is: its own owner may still use it. */
  Kinship.Told tell() throws InterruptedException {
    if (isAdopted()) {
      return new Kinship.Told(List.of(), List.of());
    }
    List<Leftover> all = new ArrayList<>();
    for (List<Leftover> kind : Parallel.map(List.of(LeftoverKind.values()), this::list)) {
      all.addAll(kind);
    }
    if (all.isEmpty()) {
      return new Kinship.Told(List.of(), List.of());
    }
    return kinship().tell(all);
  }

  boolean isThere(Leftover leftover) throws InterruptedException {
    return find("read the " + leftover.kind().label() + " " + leftover.name(), leftover.path())
        .isPresent();
  }

  private Kinship kinship() throws InterruptedException {
    String name = site.config().cluster().name().text();
    String location = site.config().location();
    List<String> others =
        clusters().stream()
            .filter(each -> !(each.getName().equals(name) && each.getLocation().equals(location)))
            .map(Cluster::getName)
            .distinct()
            .toList();
    return new Kinship(name, location, site.settings().owner().namespace(), others);
  }

  private List<Cluster> clusters() throws InterruptedException {
    String everywhere = site.projectName() + "/locations/-";
    return site.policy()
        .find(
            "list the project's clusters",
            () -> site.clients().clusters().listClusters(everywhere).getClustersList())
        .orElse(List.of());
  }

  private boolean isAdopted() throws InterruptedException {
    Optional<Cluster> cluster = ClusterResource.find(site);
    return cluster.isPresent()
        ? !site.names().areOurs(cluster.get().getResourceLabelsMap())
        : site.config().adopt();
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
  private static void collect(LeftoverKind kind, JsonNode answer, List<Leftover> found) {
    for (JsonNode item : answer.path("items")) {
      if (kind.isGlobal()) {
        found.add(new Leftover(kind, item));
      } else {
        item.path(kind.collection()).forEach(thing -> found.add(new Leftover(kind, thing)));
      }
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

package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.config.GcpCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Compute says of the region and zones that the nodes are to be in. */
record Place(Site site) {
  /** GKE spreads a region's nodes over so many zones where none are named. */
  private static final int ZONES_OF_A_REGION = 3;

  private static final String ROOT = "/compute/v1/";

  /** Empty if there is none of this name, or Compute can't be asked yet. */
  Optional<JsonNode> region() throws InterruptedException {
    return find("/regions/" + site.config().region());
  }

  Optional<JsonNode> project() throws InterruptedException {
    return find("");
  }

  Optional<JsonNode> machineType(String zone) throws InterruptedException {
    return find("/zones/" + zone + "/machineTypes/" + cluster().machineType());
  }

  /** Those that the config names, or that GKE would choose of. */
  List<String> zones(JsonNode region) {
    if (!cluster().zones().isEmpty()) {
      return cluster().zones();
    }
    if (site.config().isZonal()) {
      return List.of(site.config().location());
    }
    List<String> all = new ArrayList<>();
    region.path("zones").forEach(zone -> all.add(zone.asText().replaceFirst(".*/", "")));
    return List.copyOf(all);
  }

  /** How many zones have nodes. */
  int zoneCount() {
    if (!cluster().zones().isEmpty()) {
      return cluster().zones().size();
    }
    return site.config().isZonal() ? 1 : ZONES_OF_A_REGION;
  }

  private GcpCluster cluster() {
    return site.config().cluster();
  }

  private Optional<JsonNode> find(String path) throws InterruptedException {
    return site.policy()
        .find(
            "ask Compute for " + (path.isEmpty() ? "the project" : path.substring(1)),
            () -> site.clients().rest(Sweep.API).get(ROOT + site.projectName() + path));
  }
}

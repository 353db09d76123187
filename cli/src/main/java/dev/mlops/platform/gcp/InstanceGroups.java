package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.container.v1.NodePool;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The machines of a node pool, one group in each zone: Compute alone knows how many there are. */
record InstanceGroups(Site site, NodePool pool) {

  /**
   * How many it is to have in a zone; in the fullest one where its autoscaler has made them differ.
   *
   * @return empty if Compute can't be asked
   */
  OptionalInt perZone() throws InterruptedException {
    return look().stream().mapToInt(group -> group.path("targetSize").asInt()).max();
  }

  /** How many there are, or are being made or removed; empty if Compute can't be asked. */
  OptionalInt machines() throws InterruptedException {
    List<JsonNode> groups = look();
    return groups.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(groups.stream().mapToInt(InstanceGroups::machines).sum());
  }

  private static int machines(JsonNode group) {
    int actions = 0;
    for (JsonNode count : group.path("currentActions")) {
      actions += count.asInt();
    }
    // Those that are left alone count as an action too; older answers have none.
    return Math.max(group.path("targetSize").asInt(), actions);
  }

  private List<JsonNode> look() throws InterruptedException {
    List<JsonNode> groups = new ArrayList<>();
    for (String url : pool.getInstanceGroupUrlsList()) {
      String path = URI.create(url).getPath();
      Optional<JsonNode> group =
          site.policy()
              .find(
                  "count the machines of " + pool.getName(),
                  () -> site.clients().rest("compute").get(path(path)));
      group.ifPresent(groups::add);
    }
    return groups;
  }

  /** Older answers begin with the version. */
  private static String path(String path) {
    return path.startsWith("/compute/") ? path : "/compute" + path;
  }
}

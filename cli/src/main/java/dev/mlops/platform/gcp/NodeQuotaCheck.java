package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.config.GcpCluster;
import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the quotas leave room for the nodes, in figures. A regional cluster has as many in each
 * of three zones, which is more than new projects may have.
 */
record NodeQuotaCheck(Site site, Ground ground) implements Check {
  private static final String ALL_REGIONS = "CPUS_ALL_REGIONS";

  @Override
  public String id() {
    return "gcp-quota";
  }

  @Override
  public String title() {
    return "Quotas for the nodes";
  }

  @Override
  public Result look() throws InterruptedException {
    boolean hasNodes = site.config().cluster().kind() == GcpCluster.Kind.STANDARD;
    if (!hasNodes || ground.hasCluster()) {
      return new Result.NotApplicable(
          hasNodes ? "The cluster is there." : "Autopilot has its own.");
    }
    var place = new Place(site);
    Optional<JsonNode> region = ground.hasProject() ? place.region() : Optional.empty();
    Optional<JsonNode> machine = region.isEmpty() ? region : machine(place, region.get());
    if (region.isEmpty() || machine.isEmpty()) {
      return new Result.NotApplicable("Compute can't be asked yet.");
    }
    Map<String, JsonNode> quotas = quotas(region.get());
    place.project().ifPresent(project -> quotas.putAll(quotas(project)));
    return compare(quotas, place, machine.get().path("guestCpus").asInt());
  }

  private Result compare(Map<String, JsonNode> quotas, Place place, int cpus) {
    int least = Math.max(1, site.config().cluster().nodes().min()) * place.zoneCount();
    int most = site.config().cluster().nodes().max() * place.zoneCount();
    List<String> now = shortages(quotas, needs(least, cpus));
    if (!now.isEmpty()) {
      throw Code.GCP_QUOTA.problem(
          "The quotas do not leave room for " + least + " nodes:\n" + String.join("\n", now),
          "",
          "Set gcp.cluster.zones to one zone, or lower gcp.cluster.nodes.min");
    }
    List<String> later = shortages(quotas, needs(most, cpus));
    return later.isEmpty()
        ? new Result.Fine("quotas for " + most + " nodes")
        : new Result.Warning(
            "the quotas do not leave room for the "
                + most
                + " nodes that autoscaling may make: "
                + String.join("; ", later),
            "Lower gcp.cluster.nodes.max");
  }

  private Map<String, Long> needs(int nodes, int cpus) {
    GcpCluster.Disk disk = site.config().cluster().disk();
    boolean isSpinning = disk.type() == GcpCluster.DiskType.PD_STANDARD;
    Map<String, Long> needs = new LinkedHashMap<>();
    needs.put("CPUS", (long) nodes * cpus);
    needs.put(ALL_REGIONS, (long) nodes * cpus);
    needs.put(isSpinning ? "DISKS_TOTAL_GB" : "SSD_TOTAL_GB", (long) nodes * disk.gb());
    needs.put("IN_USE_ADDRESSES", (long) nodes);
    return needs;
  }

  private static List<String> shortages(Map<String, JsonNode> quotas, Map<String, Long> needs) {
    List<String> shortages = new ArrayList<>();
    needs.forEach((name, needed) -> {
      JsonNode quota = quotas.get(name);
      if (quota != null) {
        long limit = quota.path("limit").asLong();
        long free = limit - quota.path("usage").asLong();
        if (needed > free) {
          shortages.add(name + ": needs " + needed + ", free are " + free + " of " + limit);
        }
      }
    });
    return shortages;
  }

  private static Optional<JsonNode> machine(Place place, JsonNode region)
      throws InterruptedException {
    List<String> zones = place.zones(region);
    return zones.isEmpty() ? Optional.empty() : place.machineType(zones.getFirst());
  }

  private static Map<String, JsonNode> quotas(JsonNode of) {
    Map<String, JsonNode> quotas = new LinkedHashMap<>();
    of.path("quotas").forEach(quota -> quotas.put(quota.path("metric").asText(), quota));
    return quotas;
  }
}

package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.config.GcpCluster;
import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether there is such a region and zone, and the machine type in it. */
record PlaceCheck(Site site, Ground ground) implements Check {
  @Override
  public String id() {
    return "gcp-place";
  }

  @Override
  public String title() {
    return "Region and machine type";
  }

  @Override
  public Result look() throws InterruptedException {
    var place = new Place(site);
    if (ground.hasCluster()) {
      return new Result.NotApplicable("The cluster is there.");
    }
    Optional<JsonNode> region = ground.hasProject() ? place.region() : Optional.empty();
    if (region.isEmpty()) {
      if (!ground.hasProject() || place.project().isEmpty()) {
        return new Result.NotApplicable("Compute can't be asked before its API is enabled.");
      }
      throw noSuch("region " + site.config().region());
    }
    return switch (site.config().cluster().kind()) {
      case AUTOPILOT -> new Result.Fine(site.config().region());
      case STANDARD -> machines(place, region.get());
    };
  }

  private Result machines(Place place, JsonNode region) throws InterruptedException {
    GcpCluster cluster = site.config().cluster();
    List<String> zones = place.zones(region);
    List<String> known = new ArrayList<>();
    region.path("zones").forEach(zone -> known.add(zone.asText().replaceFirst(".*/", "")));
    for (String zone : zones) {
      if (!known.contains(zone)) {
        throw noSuch("zone " + zone);
      }
    }
    List<String> with = new ArrayList<>();
    for (String zone : zones) {
      if (place.machineType(zone).isPresent()) {
        with.add(zone);
      }
    }
    if (with.size() < Math.min(zones.size(), place.zoneCount())) {
      throw Code.GCP_REJECTED.problem(
          "There is no machine type " + cluster.machineType() + " in " + missing(zones, with),
          with.isEmpty() ? "" : "It is in " + String.join(", ", with) + ".",
          "gcloud compute machine-types list --zones=" + zones.getFirst());
    }
    return new Result.Fine(cluster.machineType() + " in " + site.config().location());
  }

  private static String missing(List<String> zones, List<String> with) {
    return String.join(", ", zones.stream().filter(zone -> !with.contains(zone)).toList());
  }

  private static RuntimeException noSuch(String what) {
    return Code.GCP_REJECTED.problem("There is no " + what, "", "gcloud compute regions list");
  }
}

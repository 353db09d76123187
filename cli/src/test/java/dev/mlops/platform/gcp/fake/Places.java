package dev.mlops.platform.gcp.fake;

import com.google.rpc.Code;
import java.util.List;
import java.util.Map;

/** Regions, zones, machine types, and the rules for labels. */
final class Places {
  static final Map<String, List<String>> ZONES =
      Map.of(
          "us-central1", List.of("a", "b", "c", "f"),
          "europe-west1", List.of("b", "c", "d"));

  /** Name to virtual CPUs, as quotas count them, and memory in MiB. */
  static final Map<String, int[]> MACHINES =
      Map.of(
          "e2-micro", new int[] {2, 1024},
          "e2-medium", new int[] {2, 4096},
          "e2-standard-2", new int[] {2, 8192},
          "e2-standard-4", new int[] {4, 16384},
          "n2-standard-4", new int[] {4, 16384});

  private Places() {}

  static boolean isZone(String location) {
    String region = region(location);
    return !region.equals(location)
        && ZONES.containsKey(region)
        && ZONES.get(region).contains(location.substring(location.length() - 1));
  }

  static String region(String location) {
    return location.matches(".*-[a-z]") ? location.substring(0, location.length() - 2) : location;
  }

  /** What a regional cluster takes where nothing is said: three of them. */
  static List<String> zones(String location) {
    return isZone(location)
        ? List.of(location)
        : ZONES.get(location).stream().limit(3).map(zone -> location + "-" + zone).toList();
  }

  static void needRegion(String location) {
    if (!ZONES.containsKey(location)) {
      throw ApiFault.of(
          Code.INVALID_ARGUMENT, "Location \"" + location + "\" is not a valid region.");
    }
  }

  static void needLocation(String location) {
    if (!isZone(location) && !ZONES.containsKey(location)) {
      throw ApiFault.of(
          Code.PERMISSION_DENIED,
          "Permission denied on 'locations/" + location + "' (or it may not exist).");
    }
  }

  static void checkLabels(Map<String, String> labels) {
    labels.forEach((key, value) -> {
      Resource.mustMatch(key, "[a-z][a-z0-9_-]{0,62}", "label key");
      Resource.mustMatch(value, "[a-z0-9_-]{0,63}", "label value of " + key);
    });
  }
}

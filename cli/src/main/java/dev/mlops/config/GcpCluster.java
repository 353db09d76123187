package dev.mlops.config;

import static java.util.Objects.requireNonNullElse;

import java.util.ArrayList;
import java.util.List;

/** The cluster of platform gcp. */
public record GcpCluster(
    @Doc("standard: you pay for nodes. autopilot: you pay for pods.") Kind kind,
    @Doc("Name of the cluster.") Name name,
    @Doc(
            "Zones that the nodes are in. Left out: all of a region, and each has the number of"
                + " nodes that `nodes` says.")
        List<String> zones,
    @Doc("Machine type of the nodes; standard only.") String machineType,
    @Doc("Number of nodes in each zone; standard only.") Nodes nodes,
    @Doc("The nodes' boot disks; standard only.") Disk disk)
    implements Checked {

  /** The two modes of GKE. */
  public enum Kind {
    STANDARD,
    AUTOPILOT
  }

  /** Bounds of the cluster's own autoscaler; both count nodes of one zone. */
  public record Nodes(
      @Doc("Initial number and minimum; with 0 an idle cluster can go down to none.")
          @Range(min = 0, max = 1000)
          Integer min,
      @Doc("Maximum.") @Range(min = 1, max = 1000) Integer max)
      implements Checked {
    public Nodes {
      min = requireNonNullElse(min, 1);
      max = requireNonNullElse(max, 3);
    }

    @Override
    public List<Fault> faults() {
      return max < min ? List.of(new Fault("max", "is below min (" + min + ")")) : List.of();
    }
  }

  /** What each node starts from. */
  public record Disk(
      @Doc("Size in GB.") @Range(min = 10, max = 65536) Integer gb,
      @Doc("pd-standard, pd-balanced or pd-ssd.") DiskType type) {
    public Disk {
      gb = requireNonNullElse(gb, 50);
      type = requireNonNullElse(type, DiskType.PD_BALANCED);
    }
  }

  /** Kinds of persistent disk. */
  public enum DiskType {
    PD_STANDARD,
    PD_BALANCED,
    PD_SSD;

    /** As Google writes it. */
    public String label() {
      return Shape.label(this);
    }
  }

  public GcpCluster {
    kind = requireNonNullElse(kind, Kind.STANDARD);
    name = requireNonNullElse(name, new Name("mlops-standard"));
    zones = zones == null ? List.of() : List.copyOf(zones);
    machineType = requireNonNullElse(machineType, "e2-standard-2");
  }

  @Override
  public List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    for (String zone : zones) {
      if (!zone.matches(Gcp.ZONE)) {
        faults.add(new Fault("zones", "'" + zone + "' is not a zone, such as us-central1-a"));
      }
    }
    if (kind == Kind.AUTOPILOT && !zones.isEmpty()) {
      faults.add(new Fault("zones", "autopilot chooses the zones itself"));
    }
    if (!machineType.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      faults.add(new Fault("machineType", "'" + machineType + "' is not a machine type"));
    }
    return faults;
  }
}

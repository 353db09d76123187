package dev.mlops.cost;

import dev.mlops.cost.Estimate.Item;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts Google's prices to a {@link GcpFootprint}. */
public final class GcpEstimate {
  private static final BigDecimal GB = BigDecimal.valueOf(1_000_000_000);

  private final PriceList prices;
  private final List<Item> items = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private boolean isComplete = true;

  private GcpEstimate(PriceList prices) {
    this.prices = prices;
  }

  public static Estimate of(GcpFootprint footprint) {
    return of(footprint, PriceList.gcp());
  }

  static Estimate of(GcpFootprint footprint, PriceList prices) {
    return prices.isOf(footprint.region())
        ? new GcpEstimate(prices).estimate(footprint)
        : Estimate.unpriced(
            prices.currency(), footprint.region(), prices.noneOf(footprint.region()));
  }

  private Estimate estimate(GcpFootprint footprint) {
    add("cluster fee", "1 cluster", "cluster", 1, true);
    switch (footprint.cluster()) {
      case GcpFootprint.Standard standard -> nodes(standard);
      case GcpFootprint.Autopilot autopilot -> pods(autopilot);
    }
    if (footprint.loadBalancers() > 0) {
      String detail = count(footprint.loadBalancers(), "forwarding rule");
      add("load balancer", detail, "forwarding-rule", footprint.loadBalancers(), true);
    }
    if (footprint.claimedGib() > 0) {
      String detail = footprint.claimedGib() + " GB pd-balanced";
      add("claims", detail, "pd-balanced", footprint.claimedGib(), true);
    }
    if (footprint.imageBytes() > 0) {
      BigDecimal size = BigDecimal.valueOf(footprint.imageBytes()).divide(GB);
      String detail = String.format(Locale.ROOT, "%.2f GB", size.doubleValue());
      item("images", detail, prices.price("registry-gb"), size, true);
    }
    notes(footprint);
    return new Estimate(prices.currency(), prices.region(), items, notes, isComplete);
  }

  private void nodes(GcpFootprint.Standard nodes) {
    GcpFootprint.Machine machine = nodes.machine();
    String detail = nodes.count() + " x " + machine.type();
    Optional<Price> price = prices.machine(machine.type());
    if (price.isPresent()) {
      item("nodes", detail, price.get(), BigDecimal.valueOf(nodes.count()), nodes.isAdopted());
      noteMost(nodes, price.get());
    } else {
      isComplete = false;
      notes.add("Not in the sum: " + detail + ", whose price is not in the table.");
    }
    String disks = nodes.count() + " x " + machine.diskGb() + " GB " + machine.diskType();
    add(
        "disks",
        disks,
        machine.diskType(),
        (long) nodes.count() * machine.diskGb(),
        nodes.isAdopted());
    add(
        "addresses",
        count(nodes.count(), "address", "addresses"),
        "address-in-use",
        nodes.count(),
        nodes.isAdopted());
    if (nodes.isAdopted()) {
      notes.add(
          "gcp.adopt is on: nodes of a cluster that mlops did not make run on while it is paused.");
    }
  }

  private void noteMost(GcpFootprint.Standard nodes, Price machine) {
    if (nodes.most() > nodes.count()) {
      BigDecimal each =
          machine
              .hourly()
              .add(
                  prices
                      .price(nodes.machine().diskType())
                      .hourly(BigDecimal.valueOf(nodes.machine().diskGb())))
              .add(prices.price("address-in-use").hourly());
      BigDecimal more = each.multiply(BigDecimal.valueOf(nodes.most() - nodes.count()));
      notes.add(
          "With as many nodes as the autoscaler may make ("
              + nodes.most()
              + ") it is "
              + Estimate.cents(monthly(more))
              + " a month more.");
    }
  }

  /** By what pods ask for, brought up to what Autopilot allows. */
  private void pods(GcpFootprint.Autopilot pods) {
    AutopilotPod pod = AutopilotPod.of(pods.pod());
    add(
        "pod CPU",
        pods.replicas() + " x " + pod.cpu() + " vCPU",
        "autopilot-vcpu",
        pod.cpu().multiply(BigDecimal.valueOf(pods.replicas())),
        false);
    add(
        "pod memory",
        pods.replicas() + " x " + pod.gib() + " GiB",
        "autopilot-gib",
        pod.gib().multiply(BigDecimal.valueOf(pods.replicas())),
        false);
    add(
        "pod disk",
        pods.replicas() + " x " + AutopilotPod.DISK_GIB + " GiB",
        "autopilot-ephemeral-gib",
        AutopilotPod.DISK_GIB.multiply(BigDecimal.valueOf(pods.replicas())),
        false);
    if (pods.most() > pods.replicas()) {
      BigDecimal each =
          prices
              .price("autopilot-vcpu")
              .hourly(pod.cpu())
              .add(prices.price("autopilot-gib").hourly(pod.gib()))
              .add(prices.price("autopilot-ephemeral-gib").hourly(AutopilotPod.DISK_GIB));
      BigDecimal more = each.multiply(BigDecimal.valueOf(pods.most() - pods.replicas()));
      notes.add(
          "With as many replicas as the autoscaler may make ("
              + pods.most()
              + ") it is "
              + Estimate.cents(monthly(more))
              + " a month more.");
    }
  }

  private void notes(GcpFootprint footprint) {
    boolean coveredByFreeTier =
        switch (footprint.cluster()) {
          case GcpFootprint.Standard standard -> standard.isZonal();
          case GcpFootprint.Autopilot _ -> true;
        };
    notes.add(prices.note(coveredByFreeTier ? "zonal" : "regional"));
    notes.add(prices.note("always"));
  }

  private void add(String name, String detail, String price, long units, boolean keptByPause) {
    add(name, detail, price, BigDecimal.valueOf(units), keptByPause);
  }

  private void add(String name, String detail, String price, BigDecimal units, boolean kept) {
    item(name, detail, prices.price(price), units, kept);
  }

  private void item(String name, String detail, Price price, BigDecimal units, boolean kept) {
    BigDecimal hourly = price.hourly(units);
    items.add(new Item(name, detail, hourly, monthly(hourly), kept, price.date()));
  }

  private BigDecimal monthly(BigDecimal hourly) {
    return hourly.multiply(prices.hoursPerMonth());
  }

  private static String count(int count, String one) {
    return count(count, one, one + "s");
  }

  private static String count(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}

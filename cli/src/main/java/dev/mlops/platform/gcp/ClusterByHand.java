package dev.mlops.platform.gcp;

import dev.mlops.config.GcpCluster;

/** How somebody else makes the same cluster, by Google's own command line. */
record ClusterByHand(Site site) {
  String command() {
    GcpCluster config = site.config().cluster();
    String place = (site.config().isZonal() ? " --zone=" : " --region=") + site.config().location();
    String common =
        config.name()
            + " --project="
            + site.project()
            + place
            + " --service-account="
            + NodeAccount.account(site).email()
            + " --labels="
            + Labels.text(site)
            + " --enable-dns-access";
    return switch (config.kind()) {
      case AUTOPILOT -> "gcloud container clusters create-auto " + common;
      case STANDARD ->
          "gcloud container clusters create "
              + common
              + (config.zones().isEmpty()
                  ? ""
                  : " --node-locations=" + String.join(",", config.zones()))
              + " --machine-type="
              + config.machineType()
              + " --num-nodes="
              + Math.max(1, config.nodes().min())
              + " --enable-autoscaling --min-nodes="
              + config.nodes().min()
              + " --max-nodes="
              + config.nodes().max()
              + " --disk-size="
              + config.disk().gb()
              + " --disk-type="
              + config.disk().type().label()
              + " --workload-pool="
              + site.names().workloadPool()
              + " --workload-metadata=GKE_METADATA --scopes=cloud-platform --enable-ip-alias"
              + " --enable-dataplane-v2 --gateway-api=standard --enable-shielded-nodes"
              + " --shielded-secure-boot --shielded-integrity-monitoring"
              + " --no-enable-insecure-kubelet-readonly-port --release-channel=regular"
              + " --enable-cost-allocation";
    };
  }
}

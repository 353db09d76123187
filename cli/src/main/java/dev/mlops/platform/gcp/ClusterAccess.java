package dev.mlops.platform.gcp;

import com.google.container.v1.Cluster;
import com.google.container.v1.ControlPlaneEndpointsConfig.DNSEndpointConfig;
import dev.mlops.platform.kubernetes.ApiServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * How the cluster's API is got at, without a plugin: by its DNS name, behind Google's own front
 * with a certificate that everybody trusts, or by its address, with the cluster's.
 */
record ClusterAccess(Site site) {
  /** A kubernetes.Cluster that asks Google where it is when it is first needed. */
  dev.mlops.platform.kubernetes.Cluster cluster() {
    return dev.mlops.platform.kubernetes.Cluster.at(
        site.config().cluster().name() + " of " + site.project(),
        Access.credentials(site),
        this::server);
  }

  /** Another one of the project. */
  dev.mlops.platform.kubernetes.Cluster cluster(Cluster found) {
    return dev.mlops.platform.kubernetes.Cluster.at(
        found.getName() + " of " + site.project(),
        Access.credentials(site, found.getName(), found.getLocation()),
        () -> server(found));
  }

  private ApiServer server() {
    return server(find().orElseThrow(() -> ClusterResource.absent(site)));
  }

  private ApiServer server(Cluster found) {
    DNSEndpointConfig dns = found.getControlPlaneEndpointsConfig().getDnsEndpointConfig();
    boolean hasName = dns.getAllowExternalTraffic() && isKnown(dns.getEndpoint());
    String host = hasName ? dns.getEndpoint() : found.getEndpoint();
    TokenSource tokens = site.clients().endpoints().tokens();
    return new ApiServer(
        URI.create("https://" + host),
        hasName ? Optional.empty() : certificate(found),
        tokens::token,
        tokens::renew);
  }

  private Optional<Cluster> find() {
    try {
      return ClusterResource.find(site);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ClusterResource.absent(site);
    }
  }

  private static Optional<String> certificate(Cluster found) {
    return Optional.of(found.getMasterAuth().getClusterCaCertificate())
        .filter(text -> !text.isEmpty());
  }

  /** Names of new clusters take a while to be known, and some networks know no others' names. */
  @SuppressWarnings("AddressSelection") // Whether there is one is all that is asked.
  private static boolean isKnown(String host) {
    try {
      return !host.isEmpty() && InetAddress.getAllByName(host).length > 0;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}

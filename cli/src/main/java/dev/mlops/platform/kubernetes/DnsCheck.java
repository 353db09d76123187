package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;

/** Whether pods resolve names: seen from a pod, or by the DNS service's own readiness. */
record DnsCheck(Site site, Errand errand) implements Check {
  private static final int RESOLVED = 0;
  private static final int UNKNOWN_NAME = 3;
  private static final String PLACE = "kube-system";
  private static final String SERVICE = "kube-dns";

  @Override
  public String id() {
    return "dns";
  }

  @Override
  public String title() {
    return "DNS";
  }

  @Override
  public Result look() {
    return switch (errand.report()) {
      case Envoy.Report.Pulled(var code, String words) when code.isPresent() ->
          seen(code.get(), words);
      case Envoy.Report.Pulled _, Envoy.Report.NotSent _ -> service();
    };
  }

  private Result seen(int exitCode, String words) {
    return switch (exitCode) {
      case RESOLVED -> words.isEmpty() ? service() : new Result.Fine(words + ", from a pod");
      case UNKNOWN_NAME -> throw broken("A pod asked: " + words);
      default -> service(); // an image of a former version does not know how to look
    };
  }

  private Result service() {
    List<EndpointSlice> slices;
    try {
      slices =
          site.cluster()
              .client()
              .discovery()
              .v1()
              .endpointSlices()
              .inNamespace(PLACE)
              .withLabel("kubernetes.io/service-name", SERVICE)
              .list()
              .getItems();
    } catch (KubernetesClientException e) {
      if (e.getCode() == 403) {
        return new Result.NotApplicable("no pod was sent to look, and we may not ask the service");
      }
      throw ApiProblems.of(site.cluster(), "ask for the DNS service", e);
    }
    if (slices.isEmpty()) {
      return new Result.NotApplicable("the cluster has no service " + SERVICE);
    }
    boolean ready =
        slices.stream()
            .flatMap(slice -> slice.getEndpoints().stream())
            .anyMatch(endpoint -> !Boolean.FALSE.equals(endpoint.getConditions().getReady()));
    if (!ready) {
      throw broken("No pod of " + PLACE + "/" + SERVICE + " is ready.");
    }
    return new Result.Fine(SERVICE + " is ready");
  }

  private RuntimeException broken(String why) {
    return Code.CLUSTER_DNS.problem(
        "Names can't be resolved in the cluster " + site.cluster().name(),
        why,
        site.cluster().byHand("-n " + PLACE + " get pods -l k8s-app=" + SERVICE));
  }
}

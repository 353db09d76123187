package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the namespace has room left; a quota that is used up does not stop what runs. */
record QuotaCheck(Site site) implements Check {
  @Override
  public String id() {
    return "quota";
  }

  @Override
  public String title() {
    return "Quota";
  }

  @Override
  public Result look() {
    List<ResourceQuota> quotas;
    try {
      quotas =
          site.cluster().client().resourceQuotas().inNamespace(site.namespace()).list().getItems();
    } catch (KubernetesClientException e) {
      if (e.getCode() == 403) {
        return new Result.NotApplicable("we may not list quotas");
      }
      throw ApiProblems.of(site.cluster(), "list the quotas", e);
    }
    if (quotas.isEmpty()) {
      return new Result.NotApplicable("the namespace has no quota");
    }
    String full = quotas.stream().flatMap(QuotaCheck::full).collect(Collectors.joining(", "));
    return full.isEmpty()
        ? new Result.Fine("quota has room")
        : new Result.Warning(
            "Used up: " + full + "; no more pods that need it will start",
            "Ask for a higher quota, or lower requests or `scale.max`");
  }

  private static Stream<String> full(ResourceQuota quota) {
    if (quota.getStatus() == null || quota.getStatus().getHard() == null) {
      return Stream.empty();
    }
    var used = quota.getStatus().getUsed();
    return quota.getStatus().getHard().entrySet().stream()
        .filter(hard -> used.containsKey(hard.getKey()))
        .filter(hard ->
            used.get(hard.getKey())
                    .getNumericalAmount()
                    .compareTo(hard.getValue().getNumericalAmount())
                >= 0)
        .map(hard -> hard.getKey() + " " + used.get(hard.getKey()) + " of " + hard.getValue());
  }
}

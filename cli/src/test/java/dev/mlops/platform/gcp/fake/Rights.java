package dev.mlops.platform.gcp.fake;

import com.google.rpc.Code;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the caller may do: everything, but for what a test takes away. */
public final class Rights {
  private final Set<String> denied = ConcurrentHashMap.newKeySet();

  /** Such as {@code container.clusters.create}. */
  public void deny(String... permissions) {
    denied.addAll(Set.of(permissions));
  }

  public void allowAll() {
    denied.clear();
  }

  List<String> of(Collection<String> asked) {
    return asked.stream().filter(permission -> !denied.contains(permission)).toList();
  }

  void need(String permission, String resource) {
    if (denied.contains(permission)) {
      throw ApiFault.of(
              Code.PERMISSION_DENIED,
              "Permission '"
                  + permission
                  + "' denied on resource '"
                  + resource
                  + "' (or it may not exist).")
          .because(
              "IAM_PERMISSION_DENIED",
              "iam.googleapis.com",
              Map.of("permission", permission, "resource", resource));
    }
  }
}

package dev.mlops.platform.gcp.fake;

import com.google.iam.v1.Binding;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.GetPolicyOptions;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import com.google.protobuf.ByteString;
import com.google.rpc.Code;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Who may do what on which resource; every write carries the etag of what was read. */
public final class Policies {
  private final World world;
  private final Map<String, Policy> byResource = new HashMap<>();
  private int etag;

  Policies(World world) {
    this.world = world;
  }

  /** As it is now; empty bindings where nothing was ever set. */
  public Policy now(String resource) {
    return byResource.computeIfAbsent(resource, _ -> stamped(Policy.getDefaultInstance()));
  }

  /** Somebody else's binding, made behind the caller's back: the etag changes. */
  public void plant(String resource, Binding binding) {
    byResource.put(resource, stamped(now(resource).toBuilder().addBindings(binding).build()));
  }

  /**
   * The three methods that every service with policies has.
   *
   * @param service such as {@code google.iam.admin.v1.IAM/}
   * @param need from a name as it is asked for to the one that the policy is kept under
   */
  List<Rpc<?, ?>> methods(String service, UnaryOperator<String> need) {
    return List.of(
        new Rpc<>(
            service + "GetIamPolicy",
            GetIamPolicyRequest.getDefaultInstance(),
            Policy.getDefaultInstance(),
            request -> get(need.apply(request.getResource()), request.getOptions())),
        new Rpc<>(
            service + "SetIamPolicy",
            SetIamPolicyRequest.getDefaultInstance(),
            Policy.getDefaultInstance(),
            request -> set(need.apply(request.getResource()), request.getPolicy())),
        new Rpc<>(
            service + "TestIamPermissions",
            TestIamPermissionsRequest.getDefaultInstance(),
            TestIamPermissionsResponse.getDefaultInstance(),
            request -> {
              var _ = need.apply(request.getResource());
              return world.test(request);
            }));
  }

  void forget(String resource) {
    byResource.remove(resource);
  }

  private Policy get(String resource, GetPolicyOptions options) {
    Policy policy = now(resource);
    boolean conditions = policy.getBindingsList().stream().anyMatch(Binding::hasCondition);
    return policy.toBuilder()
        .setVersion(conditions && options.getRequestedPolicyVersion() >= 3 ? 3 : 1)
        .build();
  }

  private Policy set(String resource, Policy wanted) {
    if (resource.matches("projects/[^/]+")) {
      world.rights().need("resourcemanager.projects.setIamPolicy", resource);
    }
    Policy old = now(resource);
    if (!wanted.getEtag().isEmpty() && !wanted.getEtag().equals(old.getEtag())) {
      throw ApiFault.of(
          Code.ABORTED,
          "There were concurrent policy changes. Please retry the whole read-modify-write with"
              + " exponential backoff.");
    }
    boolean conditions =
        wanted.getBindingsList().stream().anyMatch(Binding::hasCondition)
            || old.getBindingsList().stream().anyMatch(Binding::hasCondition);
    if (conditions && wanted.getVersion() < 3) {
      throw ApiFault.invalid("Specified policy version cannot be smaller than the existing 3.");
    }
    wanted.getBindingsList().forEach(this::check);
    byResource.put(resource, stamped(wanted));
    return byResource.get(resource);
  }

  /** The account's name stays in every policy, as {@code deleted:}. */
  void markDeleted(String email, String uid) {
    String member = "serviceAccount:" + email;
    byResource.replaceAll(
        (_, policy) -> rename(policy, member, "deleted:" + member + "?uid=" + uid));
  }

  private static Policy rename(Policy policy, String from, String to) {
    Policy.Builder renamed = policy.toBuilder().clearBindings();
    for (Binding binding : policy.getBindingsList()) {
      List<String> members =
          binding.getMembersList().stream().map(each -> each.equals(from) ? to : each).toList();
      renamed.addBindings(binding.toBuilder().clearMembers().addAllMembers(members));
    }
    return renamed.build();
  }

  private Policy stamped(Policy policy) {
    return policy.toBuilder().setEtag(ByteString.copyFromUtf8("etag-" + ++etag)).build();
  }

  private void check(Binding binding) {
    Resource.mustMatch(binding.getRole(), "(projects/[^/]+/)?roles/[a-zA-Z0-9_.]+", "role");
    if (binding.getMembersCount() == 0) {
      throw ApiFault.invalid("Binding of " + binding.getRole() + " has no members.");
    }
    binding.getMembersList().forEach(this::checkMember);
  }

  private void checkMember(String member) {
    Optional<String> fault =
        switch (member.split(":", 2)[0]) {
          case "allUsers", "allAuthenticatedUsers", "deleted", "user", "group", "domain" ->
              Optional.empty();
          case "serviceAccount" -> account(member.substring("serviceAccount:".length()));
          case "principal", "principalSet" -> principal(member);
          default -> Optional.of("Invalid principal " + member);
        };
    if (fault.isPresent()) {
      throw ApiFault.invalid(fault.get());
    }
  }

  private Optional<String> account(String name) {
    if (name.matches("[^\\[]+\\.svc\\.id\\.goog\\[[a-z0-9-]+/[a-z0-9-]+\\]")) {
      String pool = name.substring(0, name.indexOf('['));
      return world.clusters().hasPool(pool)
          ? Optional.empty()
          : Optional.of(
              "Identity Pool does not exist ("
                  + pool
                  + "). Please check that you specified a valid resource name");
    }
    return name.endsWith("developer.gserviceaccount.com") || world.accounts().isVisible(name)
        ? Optional.empty()
        : Optional.of("Service account " + name + " does not exist.");
  }

  private Optional<String> principal(String member) {
    var form =
        java.util.regex.Pattern.compile(
                "principal(Set)?://iam\\.googleapis\\.com/projects/(\\d+)/locations/global/"
                    + "workloadIdentityPools/([^/]+)/(subject|attribute\\.[a-z_]+|\\*).*")
            .matcher(member);
    if (!form.matches() || world.projects().find(form.group(2)).isEmpty()) {
      return Optional.of("Invalid principal " + member);
    }
    String pool = form.group(3);
    return world.clusters().hasPool(pool) || world.pools().isThere(form.group(2), pool)
        ? Optional.empty()
        : Optional.of("Identity Pool does not exist (" + pool + ").");
  }
}

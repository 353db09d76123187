package dev.mlops.platform.gcp;

import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.GetPolicyOptions;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Who may do what with one thing. It is read, altered and written as a whole: the etag keeps what
 * others write meanwhile, and version 3 keeps their conditions.
 *
 * @param of for people, such as "the project"
 * @param resource its full name
 */
record AccessPolicy(
    Site site,
    String of,
    String resource,
    Function<GetIamPolicyRequest, Policy> getter,
    Function<SetIamPolicyRequest, Policy> setter) {
  /** The one with conditions. */
  private static final int VERSION = 3;

  static AccessPolicy ofProject(Site site) {
    return new AccessPolicy(
        site,
        "the project",
        site.projectName(),
        request -> site.clients().projects().getIamPolicy(request),
        request -> site.clients().projects().setIamPolicy(request));
  }

  static AccessPolicy ofRepository(Site site) {
    return new AccessPolicy(
        site,
        "the repository",
        site.repository(),
        request -> site.clients().repositories().getIamPolicy(request),
        request -> site.clients().repositories().setIamPolicy(request));
  }

  static AccessPolicy of(Account account) {
    Site site = account.site();
    return new AccessPolicy(
        site,
        "the account " + account.email(),
        account.name(),
        request -> site.clients().accounts().getIamPolicy(request),
        request -> site.clients().accounts().setIamPolicy(request));
  }

  /** Empty if the thing itself is not there. */
  Optional<Policy> find() throws InterruptedException {
    return site.policy().find("read who may use " + of, this::get);
  }

  /** Those that are not given; all, if the thing itself is not there. */
  List<Grant> missing(Collection<Grant> wanted) throws InterruptedException {
    Policy policy = find().orElse(Policy.getDefaultInstance());
    return wanted.stream().filter(grant -> !grant.isIn(policy)).toList();
  }

  /** All in one write, and none if nothing is missing. */
  void ensure(Collection<Grant> wanted, Consumer<String> progress) throws InterruptedException {
    rewrite(
        progress,
        policy -> {
          Policy.Builder altered = policy.toBuilder();
          wanted.stream().filter(grant -> !grant.isIn(policy)).forEach(g -> g.addTo(altered));
          return altered.build();
        });
  }

  /** Writes only if the change changes something. */
  void rewrite(Consumer<String> progress, Function<Policy, Policy> change)
      throws InterruptedException {
    site.policy()
        .rewrite(
            "say who may use " + of,
            progress,
            () -> {
              Policy now = get();
              Policy wanted = change.apply(now);
              return wanted.equals(now)
                  ? now
                  : setter.apply(
                      SetIamPolicyRequest.newBuilder()
                          .setResource(resource)
                          .setPolicy(wanted.toBuilder().setVersion(VERSION))
                          .build());
            });
  }

  private Policy get() {
    return getter.apply(
        GetIamPolicyRequest.newBuilder()
            .setResource(resource)
            .setOptions(GetPolicyOptions.newBuilder().setRequestedPolicyVersion(VERSION))
            .build());
  }
}

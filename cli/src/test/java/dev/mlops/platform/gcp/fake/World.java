package dev.mlops.platform.gcp.fake;

import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;

/** The services of one Google, which know each other. */
final class World {
  private final Timeline timeline = new Timeline();
  private final Pace pace = new Pace();
  private final Rights rights = new Rights();
  private final LongOperations operations = new LongOperations(timeline);
  private final Projects projects = new Projects(this);
  private final Billing billing = new Billing(this);
  private final Services services = new Services(this);
  private final Policies policies = new Policies(this);
  private final Accounts accounts = new Accounts(this);
  private final Repositories repositories = new Repositories(this);
  private final IdentityPools pools = new IdentityPools(this);
  private final Compute compute = new Compute(this);
  private final Clusters clusters = new Clusters(this);
  private final Monitoring monitoring = new Monitoring(this);
  private final Organization organization = new Organization(this);

  Timeline timeline() {
    return timeline;
  }

  Pace pace() {
    return pace;
  }

  Rights rights() {
    return rights;
  }

  LongOperations operations() {
    return operations;
  }

  Projects projects() {
    return projects;
  }

  Billing billing() {
    return billing;
  }

  Services services() {
    return services;
  }

  Policies policies() {
    return policies;
  }

  Accounts accounts() {
    return accounts;
  }

  Repositories repositories() {
    return repositories;
  }

  IdentityPools pools() {
    return pools;
  }

  Compute compute() {
    return compute;
  }

  Clusters clusters() {
    return clusters;
  }

  Monitoring monitoring() {
    return monitoring;
  }

  Organization organization() {
    return organization;
  }

  TestIamPermissionsResponse test(TestIamPermissionsRequest request) {
    return TestIamPermissionsResponse.newBuilder()
        .addAllPermissions(rights.of(request.getPermissionsList()))
        .build();
  }
}

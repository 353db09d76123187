package dev.mlops.platform.gcp.fake;

import com.google.cloud.billing.v1.BillingAccount;
import com.google.cloud.billing.v1.GetProjectBillingInfoRequest;
import com.google.cloud.billing.v1.ListBillingAccountsRequest;
import com.google.cloud.billing.v1.ListBillingAccountsResponse;
import com.google.cloud.billing.v1.ProjectBillingInfo;
import com.google.cloud.billing.v1.UpdateProjectBillingInfoRequest;
import com.google.rpc.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code google.cloud.billing.v1.CloudBilling}. */
public final class Billing {
  public static final String ACCOUNT = "billingAccounts/012345-6789AB-CDEF01";

  private static final String SERVICE = "google.cloud.billing.v1.CloudBilling/";

  private final World world;
  private final Map<String, String> accountOf = new HashMap<>();
  private final List<BillingAccount> accounts = new ArrayList<>();

  Billing(World world) {
    this.world = world;
    accounts.add(
        BillingAccount.newBuilder()
            .setName(ACCOUNT)
            .setDisplayName("My Billing Account")
            .setOpen(true)
            .build());
  }

  public void link(String project, String account) {
    accountOf.put(project, account);
  }

  public void unlink(String project) {
    accountOf.remove(project);
  }

  boolean isLinked(String project) {
    return accountOf.containsKey(project);
  }

  List<Rpc<?, ?>> methods() {
    return List.of(
        new Rpc<>(
            SERVICE + "GetProjectBillingInfo",
            GetProjectBillingInfoRequest.getDefaultInstance(),
            ProjectBillingInfo.getDefaultInstance(),
            request -> info(Resource.part(request.getName(), "projects"))),
        new Rpc<>(
            SERVICE + "UpdateProjectBillingInfo",
            UpdateProjectBillingInfoRequest.getDefaultInstance(),
            ProjectBillingInfo.getDefaultInstance(),
            this::update),
        new Rpc<>(
            SERVICE + "ListBillingAccounts",
            ListBillingAccountsRequest.getDefaultInstance(),
            ListBillingAccountsResponse.getDefaultInstance(),
            _ -> ListBillingAccountsResponse.newBuilder().addAllBillingAccounts(accounts).build()));
  }

  private ProjectBillingInfo info(String project) {
    String id = world.projects().need(project).getProjectId();
    return ProjectBillingInfo.newBuilder()
        .setName("projects/" + id + "/billingInfo")
        .setProjectId(id)
        .setBillingAccountName(accountOf.getOrDefault(id, ""))
        .setBillingEnabled(isLinked(id))
        .build();
  }

  private ProjectBillingInfo update(UpdateProjectBillingInfoRequest request) {
    String id = world.projects().need(Resource.part(request.getName(), "projects")).getProjectId();
    String account = request.getProjectBillingInfo().getBillingAccountName();
    if (account.isEmpty()) {
      unlink(id);
      return info(id);
    }
    world.rights().need("billing.resourceAssociations.create", account);
    BillingAccount known =
        accounts.stream()
            .filter(each -> each.getName().equals(account))
            .findFirst()
            .orElseThrow(
                () -> ApiFault.of(Code.PERMISSION_DENIED, "The caller does not have permission"));
    if (!known.getOpen()) {
      throw ApiFault.of(Code.FAILED_PRECONDITION, "Billing account is not open.");
    }
    link(id, account);
    return info(id);
  }
}

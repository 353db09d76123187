package dev.mlops.platform.gcp.fake;

import com.google.iam.admin.v1.CreateServiceAccountKeyRequest;
import com.google.iam.admin.v1.CreateServiceAccountRequest;
import com.google.iam.admin.v1.DeleteServiceAccountRequest;
import com.google.iam.admin.v1.GetServiceAccountRequest;
import com.google.iam.admin.v1.ListServiceAccountsRequest;
import com.google.iam.admin.v1.ListServiceAccountsResponse;
import com.google.iam.admin.v1.PatchServiceAccountRequest;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.iam.admin.v1.ServiceAccountKey;
import com.google.protobuf.Empty;
import com.google.rpc.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code google.iam.admin.v1.IAM}: accounts that are known elsewhere only after a while. */
public final class Accounts {
  private static final String SERVICE = "google.iam.admin.v1.IAM/";
  private static final String API = "iam.googleapis.com";

  private final World world;
  private final Map<String, ServiceAccount> byEmail = new LinkedHashMap<>();
  private final Set<String> visible = new HashSet<>();
  private long nextUid = 104_000_000_000_000_000L;

  Accounts(World world) {
    this.world = world;
  }

  /**
   * @param description as the tool marks what is its own; any other text is somebody else's
   */
  public void plant(String project, String id, String description) {
    ServiceAccount made =
        account(project, id, ServiceAccount.newBuilder().setDescription(description).build());
    byEmail.put(made.getEmail(), made);
    visible.add(made.getEmail());
  }

  public Set<String> emails() {
    return Set.copyOf(byEmail.keySet());
  }

  boolean isVisible(String email) {
    return visible.contains(email);
  }

  private ServiceAccount account(String project, String id, ServiceAccount wanted) {
    String email = id + "@" + project + ".iam.gserviceaccount.com";
    return wanted.toBuilder()
        .setName("projects/" + project + "/serviceAccounts/" + email)
        .setProjectId(project)
        .setEmail(email)
        .setUniqueId(Long.toString(nextUid++))
        .build();
  }

  List<Rpc<?, ?>> methods() {
    List<Rpc<?, ?>> methods =
        new ArrayList<>(
            List.of(
                new Rpc<>(
                    SERVICE + "ListServiceAccounts",
                    ListServiceAccountsRequest.getDefaultInstance(),
                    ListServiceAccountsResponse.getDefaultInstance(),
                    this::list),
                new Rpc<>(
                    SERVICE + "GetServiceAccount",
                    GetServiceAccountRequest.getDefaultInstance(),
                    ServiceAccount.getDefaultInstance(),
                    request -> need(request.getName())),
                new Rpc<>(
                    SERVICE + "CreateServiceAccount",
                    CreateServiceAccountRequest.getDefaultInstance(),
                    ServiceAccount.getDefaultInstance(),
                    this::create),
                new Rpc<>(
                    SERVICE + "PatchServiceAccount",
                    PatchServiceAccountRequest.getDefaultInstance(),
                    ServiceAccount.getDefaultInstance(),
                    this::patch),
                new Rpc<>(
                    SERVICE + "DeleteServiceAccount",
                    DeleteServiceAccountRequest.getDefaultInstance(),
                    Empty.getDefaultInstance(),
                    this::delete),
                new Rpc<>(
                    SERVICE + "CreateServiceAccountKey",
                    CreateServiceAccountKeyRequest.getDefaultInstance(),
                    ServiceAccountKey.getDefaultInstance(),
                    _ -> {
                      throw ApiFault.of(Code.FAILED_PRECONDITION, "Key creation is not allowed.");
                    })));
    methods.addAll(world.policies().methods(SERVICE, name -> need(name).getName()));
    return methods;
  }

  private ListServiceAccountsResponse list(ListServiceAccountsRequest request) {
    String project = project(request.getName());
    return ListServiceAccountsResponse.newBuilder()
        .addAllAccounts(
            byEmail.values().stream()
                .filter(each -> each.getProjectId().equals(project) && isVisible(each.getEmail()))
                .toList())
        .build();
  }

  private ServiceAccount need(String name) {
    String email = Resource.last(name);
    if (!isVisible(email)) {
      boolean wild = Resource.part(name, "projects").equals("-");
      throw wild
          ? ApiFault.of(
              Code.PERMISSION_DENIED,
              "Permission 'iam.serviceAccounts.get' denied on resource (or it may not exist).")
          : ApiFault.of(Code.NOT_FOUND, "Unknown service account");
    }
    project(name);
    return byEmail.get(email);
  }

  private String project(String name) {
    String project = Resource.part(name, "projects");
    if (project.equals("-")) {
      return project;
    }
    world.services().need(project, API);
    return world.projects().need(project).getProjectId();
  }

  private ServiceAccount create(CreateServiceAccountRequest request) {
    String project = project(request.getName());
    Resource.mustMatch(request.getAccountId(), "[a-z](?=.{5,29}$)[a-z0-9-]*[a-z0-9]", "account_id");
    world.rights().need("iam.serviceAccounts.create", "projects/" + project);
    ServiceAccount made = account(project, request.getAccountId(), request.getServiceAccount());
    if (byEmail.putIfAbsent(made.getEmail(), made) != null) {
      throw ApiFault.of(
          Code.ALREADY_EXISTS,
          "Service account "
              + request.getAccountId()
              + " already exists within project "
              + made.getName().replaceAll("/serviceAccounts.*", "")
              + ".");
    }
    world.timeline().after(world.pace().accountVisible, () -> show(made));
    return made;
  }

  private void show(ServiceAccount made) {
    ServiceAccount now = byEmail.get(made.getEmail());
    if (now != null && now.getUniqueId().equals(made.getUniqueId())) {
      visible.add(made.getEmail());
    }
  }

  private ServiceAccount patch(PatchServiceAccountRequest request) {
    ServiceAccount old = need(request.getServiceAccount().getName());
    ServiceAccount.Builder now = old.toBuilder();
    com.google.protobuf.util.FieldMaskUtil.merge(
        request.getUpdateMask(), request.getServiceAccount(), now);
    byEmail.put(old.getEmail(), now.build());
    return now.build();
  }

  private Empty delete(DeleteServiceAccountRequest request) {
    ServiceAccount gone = need(request.getName());
    world.rights().need("iam.serviceAccounts.delete", gone.getName());
    byEmail.remove(gone.getEmail());
    visible.remove(gone.getEmail());
    world.policies().forget(gone.getName());
    world.policies().markDeleted(gone.getEmail(), gone.getUniqueId());
    return Empty.getDefaultInstance();
  }
}

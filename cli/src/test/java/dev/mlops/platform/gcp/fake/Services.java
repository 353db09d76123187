package dev.mlops.platform.gcp.fake;

import com.google.api.serviceusage.v1.BatchEnableServicesRequest;
import com.google.api.serviceusage.v1.BatchEnableServicesResponse;
import com.google.api.serviceusage.v1.BatchGetServicesRequest;
import com.google.api.serviceusage.v1.BatchGetServicesResponse;
import com.google.api.serviceusage.v1.EnableServiceRequest;
import com.google.api.serviceusage.v1.EnableServiceResponse;
import com.google.api.serviceusage.v1.GetServiceRequest;
import com.google.api.serviceusage.v1.ListServicesRequest;
import com.google.api.serviceusage.v1.ListServicesResponse;
import com.google.api.serviceusage.v1.OperationMetadata;
import com.google.api.serviceusage.v1.Service;
import com.google.api.serviceusage.v1.State;
import com.google.longrunning.Operation;
import com.google.rpc.Code;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code google.api.serviceusage.v1.ServiceUsage}, and what a disabled API answers. */
public final class Services {
  private static final String SERVICE = "google.api.serviceusage.v1.ServiceUsage/";
  private static final int MOST_IN_A_BATCH = 20;

  /** Those that are not to be had without a billing account. */
  private static final Set<String> BILLED =
      Set.of(
          "container.googleapis.com",
          "compute.googleapis.com",
          "artifactregistry.googleapis.com",
          "containerregistry.googleapis.com");

  private final World world;
  private final Map<String, Set<String>> enabled = new HashMap<>();
  private final Map<String, Set<String>> effective = new HashMap<>();

  Services(World world) {
    this.world = world;
  }

  public void plant(String project, String... names) {
    of(enabled, project).addAll(Set.of(names));
    of(effective, project).addAll(Set.of(names));
  }

  public Set<String> enabled(String project) {
    return Set.copyOf(of(enabled, project));
  }

  private static Set<String> of(Map<String, Set<String>> sets, String project) {
    return sets.computeIfAbsent(project, _ -> new HashSet<>());
  }

  /** As each API answers in a project in which it is off, or has only just been enabled. */
  void need(String project, String service) {
    String id = world.projects().need(project).getProjectId();
    if (!of(effective, id).contains(service)) {
      long number = world.projects().number(id);
      throw ApiFault.of(
              Code.PERMISSION_DENIED,
              service
                  + " has not been used in project "
                  + number
                  + " before or it is disabled. If you enabled this API recently, wait a few"
                  + " minutes for the action to propagate to our systems and retry.")
          .because(
              "SERVICE_DISABLED",
              "googleapis.com",
              Map.of("service", service, "consumer", "projects/" + number));
    }
  }

  List<Rpc<?, ?>> methods() {
    return List.of(
        new Rpc<>(
            SERVICE + "GetService",
            GetServiceRequest.getDefaultInstance(),
            Service.getDefaultInstance(),
            request -> service(request.getName())),
        new Rpc<>(
            SERVICE + "BatchGetServices",
            BatchGetServicesRequest.getDefaultInstance(),
            BatchGetServicesResponse.getDefaultInstance(),
            request ->
                BatchGetServicesResponse.newBuilder()
                    .addAllServices(request.getNamesList().stream().map(this::service).toList())
                    .build()),
        new Rpc<>(
            SERVICE + "ListServices",
            ListServicesRequest.getDefaultInstance(),
            ListServicesResponse.getDefaultInstance(),
            this::list),
        new Rpc<>(
            SERVICE + "EnableService",
            EnableServiceRequest.getDefaultInstance(),
            Operation.getDefaultInstance(),
            this::enable),
        new Rpc<>(
            SERVICE + "BatchEnableServices",
            BatchEnableServicesRequest.getDefaultInstance(),
            Operation.getDefaultInstance(),
            this::batchEnable));
  }

  private Service service(String name) {
    String id = world.projects().need(Resource.part(name, "projects")).getProjectId();
    String service = Resource.last(name);
    return Service.newBuilder()
        .setName("projects/" + world.projects().number(id) + "/services/" + service)
        .setParent("projects/" + world.projects().number(id))
        .setState(of(enabled, id).contains(service) ? State.ENABLED : State.DISABLED)
        .build();
  }

  private ListServicesResponse list(ListServicesRequest request) {
    String id =
        world.projects().need(Resource.part(request.getParent(), "projects")).getProjectId();
    if (!request.getFilter().equals("state:ENABLED")) {
      throw ApiFault.invalid("the fake lists by state:ENABLED only");
    }
    return ListServicesResponse.newBuilder()
        .addAllServices(
            of(enabled, id).stream()
                .sorted()
                .map(name -> service(request.getParent() + "/services/" + name))
                .toList())
        .build();
  }

  private Operation enable(EnableServiceRequest request) {
    String id = enablable(Resource.part(request.getName(), "projects"));
    Set<String> one = Set.of(Resource.last(request.getName()));
    return start(
        id,
        one,
        () -> EnableServiceResponse.newBuilder().setService(service(request.getName())).build());
  }

  private Operation batchEnable(BatchEnableServicesRequest request) {
    String id = enablable(Resource.part(request.getParent(), "projects"));
    if (request.getServiceIdsCount() > MOST_IN_A_BATCH || request.getServiceIdsCount() == 0) {
      throw ApiFault.invalid("service_ids must have 1 to 20 elements.");
    }
    return start(
        id,
        new HashSet<>(request.getServiceIdsList()),
        () ->
            BatchEnableServicesResponse.newBuilder()
                .addAllServices(
                    request.getServiceIdsList().stream()
                        .map(name -> service(request.getParent() + "/services/" + name))
                        .toList())
                .build());
  }

  private String enablable(String project) {
    String id = world.projects().need(project).getProjectId();
    world.rights().need("serviceusage.services.enable", "projects/" + id);
    return id;
  }

  private Operation start(
      String project,
      Set<String> names,
      java.util.function.Supplier<com.google.protobuf.Message> response) {
    if (!world.billing().isLinked(project) && names.stream().anyMatch(BILLED::contains)) {
      throw ApiFault.of(
              Code.FAILED_PRECONDITION,
              "Billing account for project '"
                  + world.projects().number(project)
                  + "' is not found. Billing must be enabled for activation of service(s) '"
                  + String.join(",", names)
                  + "' to proceed.")
          .because("UREQ_PROJECT_BILLING_NOT_FOUND", "serviceusage.googleapis.com", Map.of());
    }
    return world
        .operations()
        .start(
            "",
            OperationMetadata.getDefaultInstance(),
            world.pace().operation,
            () -> {
              of(enabled, project).addAll(names);
              world
                  .timeline()
                  .after(world.pace().apiTakesEffect, () -> of(effective, project).addAll(names));
              return response.get();
            });
  }
}

package dev.mlops.platform.gcp.fake;

import com.google.cloud.resourcemanager.v3.CreateProjectMetadata;
import com.google.cloud.resourcemanager.v3.CreateProjectRequest;
import com.google.cloud.resourcemanager.v3.GetProjectRequest;
import com.google.cloud.resourcemanager.v3.Project;
import com.google.longrunning.Operation;
import com.google.rpc.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code google.cloud.resourcemanager.v3.Projects}. Missing and foreign projects look the same. */
public final class Projects {
  private static final String SERVICE = "google.cloud.resourcemanager.v3.Projects/";

  private final World world;
  private final Map<String, Project> byId = new LinkedHashMap<>();
  private final Set<String> takenElsewhere = new HashSet<>();

  /** Ids are taken from the first call on, though the project is not seen yet. */
  private final Set<String> beingMade = new HashSet<>();

  private long nextNumber = 415_104_041_262L;

  Projects(World world) {
    this.world = world;
  }

  /** One that is there before the test begins, billed by {@link Billing#ACCOUNT}. */
  public void plant(String id) {
    add(Project.newBuilder().setProjectId(id).setDisplayName(id));
    world.billing().link(id, Billing.ACCOUNT);
  }

  /** Ids are global: this one is somebody else's. */
  public void takeElsewhere(String id) {
    takenElsewhere.add(id);
  }

  public long number(String id) {
    return Long.parseLong(need(id).getName().substring("projects/".length()));
  }

  public void soft(String id) {
    byId.computeIfPresent(
        id, (_, old) -> old.toBuilder().setState(Project.State.DELETE_REQUESTED).build());
  }

  /** By id or by number. */
  Project need(String idOrNumber) {
    return find(idOrNumber).orElseThrow(Projects::noRight);
  }

  Optional<Project> find(String idOrNumber) {
    return byId.values().stream()
        .filter(project ->
            project.getProjectId().equals(idOrNumber)
                || project.getName().equals("projects/" + idOrNumber))
        .findFirst();
  }

  private static ApiFault noRight() {
    return ApiFault.of(Code.PERMISSION_DENIED, "The caller does not have permission");
  }

  private Project add(Project.Builder project) {
    Project made =
        project
            .setName("projects/" + nextNumber++)
            .setState(Project.State.ACTIVE)
            .setEtag("W/\"1\"")
            .build();
    byId.put(made.getProjectId(), made);
    return made;
  }

  List<Rpc<?, ?>> methods() {
    List<Rpc<?, ?>> methods =
        new ArrayList<>(
            List.of(
                new Rpc<>(
                    SERVICE + "GetProject",
                    GetProjectRequest.getDefaultInstance(),
                    Project.getDefaultInstance(),
                    request -> need(Resource.last(request.getName()))),
                new Rpc<>(
                    SERVICE + "CreateProject",
                    CreateProjectRequest.getDefaultInstance(),
                    Operation.getDefaultInstance(),
                    this::create)));
    methods.addAll(world.policies().methods(SERVICE, this::policy));
    return methods;
  }

  private Operation create(CreateProjectRequest request) {
    Project wanted = request.getProject();
    String id = wanted.getProjectId();
    if (!id.matches("[a-z][a-z0-9-]{4,28}[a-z0-9]")) {
      throw ApiFault.invalid("field [project_id] has issue [must be 6 to 30 lowercase letters]");
    }
    world.rights().need("resourcemanager.projects.create", wanted.getParent());
    if (byId.containsKey(id) || takenElsewhere.contains(id) || !beingMade.add(id)) {
      throw ApiFault.of(Code.ALREADY_EXISTS, "Requested entity already exists");
    }
    return world
        .operations()
        .start(
            "",
            CreateProjectMetadata.getDefaultInstance(),
            world.pace().operation,
            () -> add(wanted.toBuilder()));
  }

  private String policy(String resource) {
    return "projects/" + need(Resource.last(resource)).getProjectId();
  }
}

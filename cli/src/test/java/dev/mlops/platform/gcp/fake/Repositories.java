package dev.mlops.platform.gcp.fake;

import com.google.devtools.artifactregistry.v1.CreateRepositoryRequest;
import com.google.devtools.artifactregistry.v1.DeleteRepositoryRequest;
import com.google.devtools.artifactregistry.v1.DockerImage;
import com.google.devtools.artifactregistry.v1.GetRepositoryRequest;
import com.google.devtools.artifactregistry.v1.ListDockerImagesRequest;
import com.google.devtools.artifactregistry.v1.ListDockerImagesResponse;
import com.google.devtools.artifactregistry.v1.ListRepositoriesRequest;
import com.google.devtools.artifactregistry.v1.ListRepositoriesResponse;
import com.google.devtools.artifactregistry.v1.OperationMetadata;
import com.google.devtools.artifactregistry.v1.Repository;
import com.google.devtools.artifactregistry.v1.UpdateRepositoryRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.Empty;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.rpc.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code google.devtools.artifactregistry.v1.ArtifactRegistry}. */
public final class Repositories {
  private static final String SERVICE = "google.devtools.artifactregistry.v1.ArtifactRegistry/";
  private static final String API = "artifactregistry.googleapis.com";

  private final World world;
  private final Map<String, Repository> byName = new LinkedHashMap<>();
  private final Set<String> beingMade = new HashSet<>();
  private final Map<String, List<DockerImage>> images = new HashMap<>();
  private Optional<String> failure = Optional.empty();

  Repositories(World world) {
    this.world = world;
  }

  /** The next removal ends with this error, and removes nothing. */
  public void failNextDelete(String message) {
    failure = Optional.of(message);
  }

  public void plant(Repository repository) {
    byName.put(repository.getName(), repository);
  }

  public void plantImage(String repository, DockerImage image) {
    images.computeIfAbsent(repository, _ -> new ArrayList<>()).add(image);
  }

  public Set<String> names() {
    return Set.copyOf(byName.keySet());
  }

  public Repository find(String name) {
    return byName.get(name);
  }

  List<Rpc<?, ?>> methods() {
    List<Rpc<?, ?>> methods =
        new ArrayList<>(
            List.of(
                new Rpc<>(
                    SERVICE + "ListRepositories",
                    ListRepositoriesRequest.getDefaultInstance(),
                    ListRepositoriesResponse.getDefaultInstance(),
                    this::list),
                new Rpc<>(
                    SERVICE + "GetRepository",
                    GetRepositoryRequest.getDefaultInstance(),
                    Repository.getDefaultInstance(),
                    request -> need(request.getName())),
                new Rpc<>(
                    SERVICE + "CreateRepository",
                    CreateRepositoryRequest.getDefaultInstance(),
                    Operation.getDefaultInstance(),
                    this::create),
                new Rpc<>(
                    SERVICE + "UpdateRepository",
                    UpdateRepositoryRequest.getDefaultInstance(),
                    Repository.getDefaultInstance(),
                    this::update),
                new Rpc<>(
                    SERVICE + "DeleteRepository",
                    DeleteRepositoryRequest.getDefaultInstance(),
                    Operation.getDefaultInstance(),
                    this::delete),
                new Rpc<>(
                    SERVICE + "ListDockerImages",
                    ListDockerImagesRequest.getDefaultInstance(),
                    ListDockerImagesResponse.getDefaultInstance(),
                    request ->
                        ListDockerImagesResponse.newBuilder()
                            .addAllDockerImages(
                                images.getOrDefault(need(request.getParent()).getName(), List.of()))
                            .build())));
    methods.addAll(world.policies().methods(SERVICE, name -> need(name).getName()));
    return methods;
  }

  private ListRepositoriesResponse list(ListRepositoriesRequest request) {
    world.services().need(Resource.part(request.getParent(), "projects"), API);
    return ListRepositoriesResponse.newBuilder()
        .addAllRepositories(
            byName.values().stream()
                .filter(each -> each.getName().startsWith(request.getParent() + "/"))
                .toList())
        .build();
  }

  private Repository need(String name) {
    world.services().need(Resource.part(name, "projects"), API);
    if (!byName.containsKey(name)) {
      throw ApiFault.notFound(name);
    }
    return byName.get(name);
  }

  private Operation create(CreateRepositoryRequest request) {
    world.services().need(Resource.part(request.getParent(), "projects"), API);
    Places.needRegion(Resource.part(request.getParent(), "locations"));
    Resource.mustMatch(
        request.getRepositoryId(), "[a-z]([a-z0-9-]{0,61}[a-z0-9])?", "repository_id");
    Places.checkLabels(request.getRepository().getLabelsMap());
    String name = request.getParent() + "/repositories/" + request.getRepositoryId();
    world.rights().need("artifactregistry.repositories.create", request.getParent());
    if (request.getRepository().getFormat() == Repository.Format.FORMAT_UNSPECIFIED) {
      throw ApiFault.invalid("format is required");
    }
    if (byName.containsKey(name) || !beingMade.add(name)) {
      throw ApiFault.of(Code.ALREADY_EXISTS, "the repository already exists");
    }
    return world
        .operations()
        .start(
            request.getParent() + "/",
            OperationMetadata.getDefaultInstance(),
            world.pace().operation,
            () -> {
              Repository made = request.getRepository().toBuilder().setName(name).build();
              beingMade.remove(name);
              byName.put(name, made);
              return made;
            });
  }

  private Repository update(UpdateRepositoryRequest request) {
    Repository old = need(request.getRepository().getName());
    world.rights().need("artifactregistry.repositories.update", old.getName());
    if (request.getUpdateMask().getPathsCount() == 0) {
      throw ApiFault.invalid("update_mask is required");
    }
    Repository.Builder now = old.toBuilder();
    var replace = new FieldMaskUtil.MergeOptions();
    replace.setReplaceMessageFields(true);
    replace.setReplaceRepeatedFields(true);
    // A mask replaces a whole map; merging would keep what was taken out.
    request.getUpdateMask().getPathsList().forEach(path -> clear(now, path));
    FieldMaskUtil.merge(request.getUpdateMask(), request.getRepository(), now, replace);
    if (now.getFormat() != old.getFormat() || now.getMode() != old.getMode()) {
      throw ApiFault.invalid("format and mode can't be changed");
    }
    byName.put(old.getName(), now.build());
    return now.build();
  }

  private static void clear(Repository.Builder repository, String path) {
    var field = Repository.getDescriptor().findFieldByName(path);
    if (field != null && field.isMapField()) {
      repository.clearField(field);
    }
  }

  private Operation delete(DeleteRepositoryRequest request) {
    Repository gone = need(request.getName());
    world.rights().need("artifactregistry.repositories.delete", gone.getName());
    Optional<String> fails = failure;
    failure = Optional.empty();
    return world
        .operations()
        .start(
            gone.getName().replaceAll("repositories/.*", ""),
            OperationMetadata.getDefaultInstance(),
            world.pace().operation,
            () -> {
              fails.ifPresent(message -> {
                throw ApiFault.of(Code.FAILED_PRECONDITION, message);
              });
              byName.remove(gone.getName());
              images.remove(gone.getName());
              world.policies().forget(gone.getName());
              return Empty.getDefaultInstance();
            });
  }
}

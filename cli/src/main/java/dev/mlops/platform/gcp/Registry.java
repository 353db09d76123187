package dev.mlops.platform.gcp;

import com.google.devtools.artifactregistry.v1.CreateRepositoryRequest;
import com.google.devtools.artifactregistry.v1.Repository;
import com.google.devtools.artifactregistry.v1.UpdateRepositoryRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.FieldMask;
import dev.mlops.platform.Resource;
import dev.mlops.problem.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the images lie. A tag stands for one image for ever, and what has none is removed after a
 * month, but for the last ten versions.
 */
record Registry(Site site) implements Resource {
  static final String ID = "registry";

  private static final Duration LONGEST = Duration.ofMinutes(2);

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Image registry";
  }

  @Override
  public List<String> needs() {
    return List.of(Apis.ID);
  }

  @Override
  public String foresee() {
    return address();
  }

  @Override
  public State look() throws InterruptedException {
    Optional<Repository> found = find();
    if (found.isEmpty()) {
      return new State.Missing("repository " + name() + " in " + site.config().region());
    }
    List<Difference> differences = compare(found.get());
    return differences.stream().anyMatch(each -> each.way() == Way.IN_PLACE)
        ? new State.Differs(differences)
        : new State.Ready(address(), differences);
  }

  @Override
  public String ensure(Consumer<String> progress) throws InterruptedException {
    if (find().isEmpty()) {
      create(progress);
    }
    // Also of one that somebody made at the same time as we wanted to.
    Repository found = find().orElseThrow(this::vanished);
    if (compare(found).stream().anyMatch(each -> each.way() == Way.IN_PLACE)) {
      update(progress);
    }
    return address();
  }

  @Override
  public List<String> byHand() {
    return List.of(
        "gcloud artifacts repositories create "
            + name()
            + " --project="
            + site.project()
            + " --location="
            + site.config().region()
            + " --repository-format=docker --immutable-tags --description='"
            + site.names().marker()
            + "' --labels="
            + Labels.text(site),
        "echo '" + CleanUp.TEXT + "' > clean-up.json",
        "gcloud artifacts repositories set-cleanup-policies "
            + name()
            + " --project="
            + site.project()
            + " --location="
            + site.config().region()
            + " --no-dry-run --policy=clean-up.json");
  }

  Optional<Repository> find() throws InterruptedException {
    return site.policy()
        .find(
            "read the repository " + name(),
            () -> site.clients().repositories().getRepository(site.repository()));
  }

  /** Where images are pushed to and pulled from. */
  String address() {
    return site.registryHost() + "/" + site.project() + "/" + name();
  }

  /**
   * @throws dev.mlops.problem.MlopsException if it is not ours and may not be used
   */
  private List<Difference> compare(Repository found) {
    boolean isOurs = site.names().areOurs(found.getLabelsMap());
    if (!isOurs && !site.config().adopt()) {
      throw foreign();
    }
    if (found.getFormat() != Repository.Format.DOCKER) {
      throw Code.GCP_REJECTED.problem(
          "The repository " + name() + " is not for images",
          "Its format is " + found.getFormat() + ".",
          "Choose another gcp.repository");
    }
    Way way = isOurs ? Way.IN_PLACE : Way.NOT_OURS;
    List<Difference> differences = new ArrayList<>();
    if (!found.getDockerConfig().getImmutableTags()) {
      differences.add(new Difference("tags: may be moved, wanted immutable", way));
    }
    if (!CleanUp.isIn(found)) {
      differences.add(new Difference("clean-up: not as wanted", way));
    }
    return differences;
  }

  private RuntimeException foreign() {
    return Foreign.unlabelled(site, "repository " + name(), "gcp.repository");
  }

  private RuntimeException vanished() {
    return Code.GCP_REJECTED.problem(
        "The repository " + name() + " is gone again",
        "Somebody has removed it meanwhile.",
        "mlops provision --only registry");
  }

  private void create(Consumer<String> progress) throws InterruptedException {
    String deed = "make the repository " + name();
    var repositories = site.clients().repositories();
    CreateRepositoryRequest request =
        CreateRepositoryRequest.newBuilder()
            .setParent(site.projectName() + "/locations/" + site.config().region())
            .setRepositoryId(name())
            .setRepository(wanted())
            .build();
    progress.accept("making the repository");
    Optional<Operation> begun =
        site.policy()
            .create(
                deed,
                progress,
                () -> find().isPresent(),
                () -> repositories.createRepositoryCallable().call(request));
    new Making(site, deed, LONGEST, site.clients()::repositoryOperation, () -> find().isPresent())
        .await(begun, progress);
  }

  private void update(Consumer<String> progress) throws InterruptedException {
    UpdateRepositoryRequest request =
        UpdateRepositoryRequest.newBuilder()
            .setRepository(wanted().toBuilder().setName(site.repository()))
            .setUpdateMask(
                FieldMask.newBuilder()
                    .addPaths("docker_config.immutable_tags")
                    .addPaths("cleanup_policies"))
            .build();
    site.policy()
        .change(
            "change the repository " + name(),
            progress,
            () -> site.clients().repositories().updateRepository(request));
  }

  private Repository wanted() {
    return Repository.newBuilder()
        .setFormat(Repository.Format.DOCKER)
        .setDescription(site.names().marker())
        .putAllLabels(site.names().labels())
        .setDockerConfig(Repository.DockerRepositoryConfig.newBuilder().setImmutableTags(true))
        .putAllCleanupPolicies(CleanUp.policies())
        .build();
  }

  private String name() {
    return site.config().repository();
  }
}

package dev.mlops.platform.gcp;

import com.google.devtools.artifactregistry.v1.DeleteRepositoryRequest;
import com.google.devtools.artifactregistry.v1.DockerImage;
import com.google.devtools.artifactregistry.v1.Repository;
import com.google.longrunning.Operation;
import dev.mlops.platform.Ownership.Looked;
import dev.mlops.platform.Ownership.Owned;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The repository with its images. One that was adopted stays, and so does one that holds images of
 * others, since something may run them, or whose images something else is seen to run.
 */
record RepositoryHolding(Site site, ImageUse use) implements Holding {
  private static final String KIND = "repository";
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @Override
  public List<String> kinds() {
    return List.of(KIND);
  }

  @Override
  public boolean isApart() {
    return true;
  }

  @Override
  public List<Looked> look() throws InterruptedException {
    Optional<Repository> found = new Registry(site).find();
    if (found.isEmpty()) {
      return List.of(Looked.nothing(KIND));
    }
    List<DockerImage> images = images();
    Optional<String> reason = reasonToKeep(found.get(), images);
    long bytes = images.stream().mapToLong(DockerImage::getImageSizeBytes).sum();
    Optional<BigDecimal> monthly =
        Prices.of(site).registry(Math.max(bytes, found.get().getSizeBytes()));
    var owned =
        new Owned(
            KIND,
            site.config().repository(),
            images.size() + " images" + reason.map(why -> ", " + why).orElse(""));
    return List.of(
        reason.isPresent()
            ? new Looked(KIND, List.of(), List.of(owned), monthly)
            : new Looked(KIND, List.of(owned), List.of(), monthly));
  }

  /** The repository, if it stays for no other reason than that its images run elsewhere. */
  List<Owned> inUse() throws InterruptedException {
    Optional<Repository> found = new Registry(site).find();
    if (found.isEmpty() || new RepositoryHolding(site, ImageUse.NONE).isKept(found.get())) {
      return List.of();
    }
    List<String> users = use.users();
    return users.isEmpty()
        ? List.of()
        : List.of(new Owned(KIND, site.config().repository(), inUse(users)));
  }

  private static String inUse(List<String> users) {
    return "is in use: " + String.join(", ", users);
  }

  private boolean isKept(Repository found) throws InterruptedException {
    return reasonToKeep(found, images()).isPresent();
  }

  private Optional<String> reasonToKeep(Repository found, List<DockerImage> images)
      throws InterruptedException {
    if (!site.names().areOurs(found.getLabelsMap())) {
      return Optional.of("was not made by mlops");
    }
    List<String> others = others(images);
    if (!others.isEmpty()) {
      return Optional.of("holds images of others: " + String.join(", ", others));
    }
    return Optional.of(use.users()).filter(users -> !users.isEmpty()).map(RepositoryHolding::inUse);
  }

  /** Names of images that are not this project's. */
  private List<String> others(List<DockerImage> images) {
    var names = new TreeSet<String>();
    String prefix = new Registry(site).address() + "/";
    for (DockerImage image : images) {
      String uri = image.getUri();
      String path = uri.startsWith(prefix) ? uri.substring(prefix.length()) : lastPart(uri);
      names.add(path.replaceFirst("[@:].*", ""));
    }
    names.removeIf(name -> name.equals(site.settings().image()));
    return new ArrayList<>(names);
  }

  private static String lastPart(String uri) {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  private List<DockerImage> images() throws InterruptedException {
    return site.policy()
        .find(
            "list the images of " + site.config().repository(),
            () -> {
              List<DockerImage> images = new ArrayList<>();
              site.clients()
                  .repositories()
                  .listDockerImages(site.repository())
                  .iterateAll()
                  .forEach(images::add);
              return images;
            })
        .orElse(List.of());
  }

  @Override
  public void remove(Consumer<String> progress) throws InterruptedException {
    Optional<Repository> found = new Registry(site).find();
    if (found.isEmpty() || isKept(found.get())) {
      return;
    }
    String deed = "remove the repository " + site.config().repository();
    progress.accept(deed);
    var request = DeleteRepositoryRequest.newBuilder().setName(site.repository()).build();
    Optional<Operation> begun =
        site.policy()
            .remove(
                deed,
                progress,
                () -> site.clients().repositories().deleteRepositoryCallable().call(request));
    Policy.Look isGone = () -> new Registry(site).find().isEmpty();
    new Making(site, deed, LONGEST, site.clients()::repositoryOperation, isGone)
        .await(begun, progress);
  }
}

package dev.mlops.platform.gcp;

import com.google.container.v1.GetOperationRequest;
import com.google.container.v1.ListOperationsRequest;
import com.google.container.v1.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GKE's own kind of operations: one at a time on a cluster, asked for by name. */
record ClusterOperations(Site site) {
  static final Duration LONGEST = Duration.ofMinutes(30);

  private static final Pattern WHOLE =
      Pattern.compile("projects/[^/]+/locations/[^/]+/operations/[^/]+$");

  private static final Operation FORGOTTEN =
      Operation.newBuilder().setStatus(Operation.Status.DONE).build();

  /** Begins a change once no other is at work, and returns when it is done. */
  void change(String deed, Consumer<String> progress, Callable<Operation> change)
      throws InterruptedException {
    await(deed, progress, site.policy().change(deed, progress, change));
  }

  /**
   * @throws dev.mlops.problem.MlopsException if it ends with an error
   */
  void await(String deed, Consumer<String> progress, Operation begun) throws InterruptedException {
    Operations.await(
        deed,
        LONGEST,
        site.policy().pace(),
        progress,
        new Operations.Work() {
          private Operation now = begun.getName().isEmpty() ? FORGOTTEN : begun;

          @Override
          public Optional<String> end() throws InterruptedException {
            if (now.getStatus() != Operation.Status.DONE) {
              now = find(begun.getName()).orElse(FORGOTTEN);
            }
            return endOf(deed, now);
          }

          @Override
          public String progress() {
            return begun.getName();
          }
        });
  }

  /**
   * Returns when the cluster is gone.
   *
   * @param begun empty if it is not known
   */
  void awaitAbsence(String deed, Consumer<String> progress, Optional<Operation> begun)
      throws InterruptedException {
    if (begun.isPresent()) {
      await(deed, progress, begun.get());
    }
    Operations.await(
        deed,
        LONGEST,
        site.policy().pace(),
        progress,
        () -> ClusterResource.find(site).isEmpty() ? Optional.of("gone") : Optional.empty());
  }

  /** What goes on with the cluster: of a run that was cut off, or of a lost answer. */
  Optional<Operation> underWay(Operation.Type type) throws InterruptedException {
    ListOperationsRequest request =
        ListOperationsRequest.newBuilder().setParent(site.location()).build();
    return site
        .policy()
        .find(
            "see what goes on in " + site.config().location(),
            () -> site.clients().clusters().listOperations(request).getOperationsList())
        .stream()
        .flatMap(List::stream)
        .filter(operation -> operation.getOperationType() == type)
        .filter(operation -> operation.getStatus() != Operation.Status.DONE)
        .filter(operation ->
            operation.getTargetLink().endsWith("/clusters/" + site.config().cluster().name()))
        .findFirst();
  }

  /** Empty if nobody knows it any more: then what it was at work on tells. */
  private Optional<Operation> find(String name) throws InterruptedException {
    GetOperationRequest request =
        GetOperationRequest.newBuilder().setName(whole(site.location(), name)).build();
    return site.policy()
        .find(
            "follow the operation " + name, () -> site.clients().clusters().getOperation(request));
  }

  /** Google says the last part alone; links and full names mean the same. */
  static String whole(String location, String name) {
    Matcher full = WHOLE.matcher(name);
    return full.find()
        ? full.group()
        : location + "/operations/" + name.substring(name.lastIndexOf('/') + 1);
  }

  private static Optional<String> endOf(String deed, Operation now) {
    if (now.hasError()) {
      throw Operations.failed(deed, Fault.ofOperation(now.getError()));
    }
    return now.getStatus() == Operation.Status.DONE ? Optional.of("done") : Optional.empty();
  }
}

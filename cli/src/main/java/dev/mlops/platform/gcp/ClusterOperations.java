package dev.mlops.platform.gcp;

import com.google.container.v1.GetOperationRequest;
import com.google.container.v1.ListOperationsRequest;
import com.google.container.v1.Operation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** GKE's own kind of operations: one at a time on a cluster, asked for by name. */
record ClusterOperations(Site site) {
  static final Duration LONGEST = Duration.ofMinutes(30);

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
          private Operation now = begun;

          @Override
          public Optional<String> end() throws InterruptedException {
            if (now.getStatus() != Operation.Status.DONE) {
              now = read(begun.getName());
            }
            return endOf(deed, now);
          }

          @Override
          public String progress() {
            return begun.getName();
          }
        });
  }

  /** The cluster's making, if it goes on: of a run that was cut off, or of a lost answer. */
  Optional<Operation> underWay(Operation.Type type) throws InterruptedException {
    ListOperationsRequest request =
        ListOperationsRequest.newBuilder().setParent(site.location()).build();
    return site
        .policy()
        .read(
            "see what goes on in " + site.config().location(),
            () -> site.clients().clusters().listOperations(request).getOperationsList())
        .stream()
        .filter(operation -> operation.getOperationType() == type)
        .filter(operation -> operation.getStatus() != Operation.Status.DONE)
        .filter(operation ->
            operation.getTargetLink().endsWith("/clusters/" + site.config().cluster().name()))
        .findFirst();
  }

  private Operation read(String name) throws InterruptedException {
    GetOperationRequest request =
        GetOperationRequest.newBuilder().setName(site.location() + "/operations/" + name).build();
    return site.policy()
        .read(
            "follow the operation " + name, () -> site.clients().clusters().getOperation(request));
  }

  private static Optional<String> endOf(String deed, Operation now) {
    if (now.hasError()) {
      throw Operations.failed(deed, Fault.ofOperation(now.getError()));
    }
    return now.getStatus() == Operation.Status.DONE ? Optional.of("done") : Optional.empty();
  }
}

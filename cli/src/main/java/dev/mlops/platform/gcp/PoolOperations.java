package dev.mlops.platform.gcp;

import com.google.api.services.iam.v1.model.Operation;
import com.google.rpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Operations of the IAM API, which are forgotten soon after they are done.
 *
 * @param deed such as "make the pool iris-prod-ci"
 */
record PoolOperations(Site site, String deed, Asker asker) {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** Pools and providers ask at different addresses. */
  interface Asker {
    Operation ask(String name) throws IOException;
  }

  /**
   * Returns when what was begun is done, and seen to be.
   *
   * @param begun as the call that began it answered; empty if there was nothing to do
   */
  void await(Optional<Operation> begun, Policy.Look isSeen, Consumer<String> progress)
      throws InterruptedException {
    Operations.await(
        deed,
        LONGEST,
        site.policy().pace(),
        progress,
        () ->
            (begun.isEmpty() || isDone(begun.get())) && isSeen.isThere()
                ? Optional.of("done")
                : Optional.empty());
  }

  /**
   * Whether it is done.
   *
   * @param begun as the call that began it answered
   * @throws dev.mlops.problem.MlopsException if it ended with an error
   */
  private boolean isDone(Operation begun) throws InterruptedException {
    boolean isToAsk = !isDoneAlready(begun) && begun.getName() != null;
    Optional<Operation> now =
        isToAsk
            ? site.policy().find("follow an operation", () -> asker.ask(begun.getName()))
            : Optional.of(begun);
    if (now.isPresent() && now.get().getError() != null) {
      throw failed(now.get());
    }
    return !isToAsk || now.isEmpty() || isDoneAlready(now.get());
  }

  private static boolean isDoneAlready(Operation operation) {
    return Boolean.TRUE.equals(operation.getDone());
  }

  private RuntimeException failed(Operation operation) {
    var error = operation.getError();
    Status.Builder status = Status.newBuilder().setMessage(String.valueOf(error.getMessage()));
    Optional.ofNullable(error.getCode()).ifPresent(status::setCode);
    return Operations.failed(deed, Fault.ofOperation(status.build()));
  }
}

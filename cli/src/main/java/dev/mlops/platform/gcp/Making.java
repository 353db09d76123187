package dev.mlops.platform.gcp;

import com.google.longrunning.Operation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Something that Google makes or removes on its own time, with an operation to follow. What counts
 * is the thing itself: operations are forgotten, and what another run has begun has none that we
 * know.
 *
 * @param deed such as "make the repository mlops-images"
 * @param longest after which it is no longer waited for
 * @param look whether it is as it is to be: there, or gone
 */
record Making(Site site, String deed, Duration longest, Asker asker, Policy.Look look) {
  private static final Operation FORGOTTEN = Operation.newBuilder().setDone(true).build();

  /** How an API is asked for one of its operations. */
  interface Asker {
    Operation ask(String name) throws Exception;
  }

  /**
   * @param begun empty if it was begun by another call than ours
   * @throws dev.mlops.problem.MlopsException if the operation has failed
   */
  void await(Optional<Operation> begun, Consumer<String> progress) throws InterruptedException {
    Operation[] now = {begun.orElse(FORGOTTEN)};
    Operations.await(
        deed,
        longest,
        site.policy().pace(),
        progress,
        () -> {
          now[0] = followed(now[0]);
          if (now[0].hasError()) {
            throw Operations.failed(deed, Fault.ofOperation(now[0].getError()));
          }
          return now[0].getDone() && look.isThere() ? Optional.of("done") : Optional.empty();
        });
  }

  private Operation followed(Operation operation) throws InterruptedException {
    if (operation.getName().isEmpty()) {
      return operation.hasError() ? operation : FORGOTTEN;
    }
    return operation.getDone()
        ? operation
        : site.policy()
            .find("follow an operation", () -> asker.ask(operation.getName()))
            .orElse(FORGOTTEN);
  }
}

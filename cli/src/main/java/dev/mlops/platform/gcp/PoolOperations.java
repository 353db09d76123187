package dev.mlops.platform.gcp;

import com.google.api.services.iam.v1.model.Operation;
import com.google.rpc.Status;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Operations of the IAM API, which are forgotten soon after they are done. */
final class PoolOperations {
  private PoolOperations() {}

  /** Whether it is done. */
  static boolean throwIfFailed(String deed, Site site, Callable<Operation> ask)
      throws InterruptedException {
    Optional<Operation> now = site.policy().find("follow an operation", ask);
    if (now.isPresent() && now.get().getError() != null) {
      var error = now.get().getError();
      throw Operations.failed(
          deed,
          Fault.ofOperation(
              Status.newBuilder()
                  .setCode(error.getCode())
                  .setMessage(String.valueOf(error.getMessage()))
                  .build()));
    }
    return now.isEmpty() || Boolean.TRUE.equals(now.get().getDone());
  }
}

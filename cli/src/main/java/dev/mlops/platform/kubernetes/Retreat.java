package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Desired;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import java.util.Optional;

/** What to tell of a failed release: its cause, and what serves now. */
final class Retreat {
  private Retreat() {}

  /** Nothing is done: the user wants to look at it. */
  static MlopsException declined(MlopsException failure, Optional<Desired> former) {
    return with(
        failure,
        former.isPresent()
            ? "It is left as it is; `mlops rollback` brings the former release back."
            : "It is left as it is; the next `mlops deploy` goes on with it.");
  }

  static MlopsException impossible(MlopsException failure) {
    return with(
        failure,
        "There is no former release to go back to: what was applied stays, and the next `mlops"
            + " deploy` goes on with it.");
  }

  static MlopsException done(MlopsException failure, Desired former, boolean paused) {
    return with(
        failure,
        "Release "
            + former.release().name()
            + (paused ? " is back; the environment is paused." : " serves again."),
        afterwards(failure.problem().next()));
  }

  /** Of a pod that went back there is no log any more. */
  static String afterwards(String next) {
    return next.startsWith("mlops logs ")
        ? "Correct it and deploy again; to look at the pods that fail: mlops deploy --no-rollback"
        : next;
  }

  static MlopsException failed(MlopsException failure, Desired former, MlopsException second) {
    MlopsException told =
        with(
            failure,
            "Going back to release "
                + former.release().name()
                + " failed too: "
                + second.problem().message()
                + " ("
                + second.problem().code().id()
                + "). `mlops status` shows what serves.");
    told.addSuppressed(second);
    return told;
  }

  /** Empty if it is the failed release itself. */
  static Optional<Desired> target(Optional<Desired> former, Desired failed) {
    return former.filter(f ->
        !f.release().image().equals(failed.release().image())
            || !f.manifests().equals(Ledger.kept(failed.manifests())));
  }

  private static MlopsException with(MlopsException failure, String now) {
    return with(failure, now, failure.problem().next());
  }

  private static MlopsException with(MlopsException failure, String now, String next) {
    Problem p = failure.problem();
    String why = p.why().isEmpty() ? now : p.why() + "\n" + now;
    return new MlopsException(new Problem(p.code(), p.message(), why, next, p.cause()), failure);
  }
}

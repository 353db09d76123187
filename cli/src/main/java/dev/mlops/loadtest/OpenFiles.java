package dev.mlops.loadtest;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.mlops.problem.Code;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/** How many files, and so connections, this process may have open. */
final class OpenFiles {
  /** For the report, its own classes, and what else is opened on the way. */
  private static final long RESERVE = 40;

  private OpenFiles() {}

  /**
   * Refuses a load whose users can't all have a connection. A rate opens as many as it needs, which
   * nobody knows before: there the judge has the last word.
   *
   * @param share this process's part of the users
   * @throws dev.mlops.problem.MlopsException if the limit is too low
   */
  static void requireEnough(LoadPlan plan, Share share) {
    OptionalLong free = free();
    if (plan.load() instanceof Load.Closed closed && free.isPresent()) {
      requireEnough(share.countOf((long) Math.ceil(closed.users().highest())), free.getAsLong());
    }
  }

  static void requireEnough(long users, long free) {
    if (users + RESERVE > free) {
      throw Code.LOAD_FILES.problem(
          "%,d users need a connection each, and this process may open %,d files more"
              .formatted(users, free),
          "Each connection takes one of the files that a process may have open; some are kept back.",
          "Raise the limit (ulimit -n " + (users + 1_000) + "), or use fewer users");
    }
  }

  /** Absent where the system does not say. */
  private static OptionalLong free() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            && unix.getMaxFileDescriptorCount() > 0
        ? OptionalLong.of(unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount())
        : OptionalLong.empty();
  }
}

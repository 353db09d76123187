package dev.mlops.service.batch;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks names up from where the service runs, as {@code mlops doctor} asks it to. */
public final class ResolveCommand {
  private static final int DONE = 0;

  /** None that a Java runtime which fails by itself would end with. */
  private static final int UNKNOWN = 3;

  private ResolveCommand() {}

  /**
   * Prints each name with its address, one a line.
   *
   * @return the exit status: 3 if a name has no address
   */
  public static int run(List<String> names, PrintStream out, PrintStream err) {
    int status = DONE;
    for (String name : names) {
      try {
        out.println(name + " " + InetAddress.getByName(name).getHostAddress());
      } catch (UnknownHostException e) {
        err.println("error: " + name + " can't be resolved: " + e.getMessage());
        status = UNKNOWN;
      }
    }
    return status;
  }
}

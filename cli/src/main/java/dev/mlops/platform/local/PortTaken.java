package dev.mlops.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Somebody else listens where the service shall: often the service of another project. */
final class PortTaken {
  private static final int PORTS_TO_TRY = 100;
  private static final int HIGHEST_PORT = 65_535;

  private PortTaken() {}

  static MlopsException problem(Address address, IOException cause) {
    String who = PortOwner.of(address.port()).map(PortTaken::described).orElse("");
    String other =
        freePort(address)
            .map(port -> "set local.port in mlops.yaml to another one; " + port + " is free")
            .orElse("set local.port in mlops.yaml to another one");
    return Code.LOCAL_PORT_TAKEN.problem(
        "Port " + address.port() + " is taken: can't listen on " + address,
        who,
        "End that program, or " + other + ".",
        cause);
  }

  private static String described(ProcessHandle process) {
    String pid = " (pid " + process.pid() + ")";
    return supervised(arguments(process))
        .map(folder -> "The service in " + folder + " is running there" + pid + ".")
        .orElseGet(() ->
            process.info().command().orElse("Another program") + pid + " is listening there.");
  }

  /** The environment's folder, if these are the arguments of a supervisor of ours. */
  static Optional<Path> supervised(List<String> arguments) {
    int main = arguments.indexOf(Supervisor.class.getName());
    return main >= 0 && main + 1 < arguments.size()
        ? Optional.of(Path.of(arguments.get(main + 1)))
        : Optional.empty();
  }

  private static List<String> arguments(ProcessHandle process) {
    try {
      // The JDK tells no more than a page of it, and a class path is longer.
      String all = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), UTF_8);
      return List.of(all.split("\0", -1));
    } catch (IOException e) {
      return List.of(process.info().arguments().orElse(new String[0]));
    }
  }

  private static Optional<Integer> freePort(Address address) {
    int first = address.port() + 1;
    return IntStream.range(first, Math.min(first + PORTS_TO_TRY, HIGHEST_PORT + 1))
        .filter(port -> isFree(address.host(), port))
        .boxed()
        .findFirst();
  }

  private static boolean isFree(String host, int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

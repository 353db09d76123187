package dev.mlops.platform.local;

import dev.mlops.platform.Meters;
import dev.mlops.platform.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory of each replica's process, where the system tells; the limits of the manifests. */
record LocalMeters(LocalFolder folder, LocalWorkloads workloads) implements Meters {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final double MILLI = 1000;
  private static final int KIB = 1024;

  @Override
  public List<Reading> read() {
    var resources =
        SavedState.read(folder)
            .map(saved -> Running.spec(saved.site(), saved.desired()).container().resources());
    Optional<Double> cpu = resources.flatMap(r -> value(r.cpuLimit())).map(m -> m / MILLI);
    Optional<Double> memory = resources.flatMap(r -> value(r.memoryLimit()));
    return workloads.status().replicas().all().stream()
        .map(replica ->
            new Reading(
                replica.name(),
                new Gauge(Optional.empty(), cpu),
                new Gauge(resident(replica), memory)))
        .toList();
  }

  private static Optional<Double> value(OptionalLong amount) {
    return amount.isPresent() ? Optional.of((double) amount.getAsLong()) : Optional.empty();
  }

  private static Optional<Double> resident(Status.Replica replica) {
    return replica.pid().flatMap(pid -> resident(Path.of("/proc", pid.toString(), "status")));
  }

  private static Optional<Double> resident(Path status) {
    try {
      Matcher matcher = RESIDENT.matcher(Files.readString(status));
      return matcher.find()
          ? Optional.of(Double.parseDouble(matcher.group(1)) * KIB)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // there is no /proc, or the process has just ended
    }
  }
}

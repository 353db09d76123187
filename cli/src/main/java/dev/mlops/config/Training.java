package dev.mlops.config;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Where the model is trained, and what that may use. */
public record Training(
    @Doc(
            "here: on this machine. cluster: on the platform, as a Job of the image with the data in"
                + " it.")
        Place on,
    @Doc("What the Job requests. Default: CPU 500m, memory 1Gi.") Amount requests,
    @Doc("What the Job may use. Default: memory 2Gi, and any free CPU.") Amount limits,
    @Doc("The longest the Job may take.") Duration longest,
    @Doc("Where the data is, if it is too large for an image.") Optional<Volume> volume) {
  private static final Duration ONE_HOUR = Duration.ofHours(1);

  /** Where training happens. */
  public enum Place {
    HERE,
    CLUSTER
  }

  /** Of a container. */
  public record Amount(
      @Doc("Cores, such as 2 or 500m.") Optional<String> cpu,
      @Doc("Bytes, such as 4Gi.") Optional<String> memory)
      implements Checked {
    /** The commoner forms of Kubernetes' quantities; the cluster judges the rest. */
    private static final Pattern FORM = Pattern.compile("[0-9]+(\\.[0-9]+)?(m|[kMGT]i?)?");

    @Override
    public List<Fault> faults() {
      List<Fault> faults = new ArrayList<>();
      byName()
          .forEach((name, text) -> {
            if (!FORM.matcher(text).matches()) {
              faults.add(
                  new Fault(name, "expected a quantity such as 500m or 2Gi, got '" + text + "'"));
            }
          });
      return faults;
    }

    public Map<String, String> byName() {
      Map<String, String> amounts = new TreeMap<>();
      cpu.ifPresent(text -> amounts.put("cpu", text));
      memory.ifPresent(text -> amounts.put("memory", text));
      return amounts;
    }

    Amount or(Optional<String> otherCpu, String otherMemory) {
      return new Amount(cpu.or(() -> otherCpu), memory.or(() -> Optional.of(otherMemory)));
    }
  }

  /** A persistent volume of the cluster. */
  public record Volume(
      @Doc("Its PersistentVolumeClaim, in the namespace of the environment.")
          @Required(example = "claim: training-data")
          Name claim,
      @Doc("The CSV file on it.") @Required(example = "file: iris.csv") Path file) {}

  public Training {
    on = requireNonNullElse(on, Place.HERE);
    requests = requests.or(Optional.of("500m"), "1Gi");
    limits = limits.or(Optional.empty(), "2Gi");
    longest = requireNonNullElse(longest, ONE_HOUR);
  }

  /** Whether the data is no file of this machine. */
  public boolean isRemote() {
    return on == Place.CLUSTER && volume.isPresent();
  }
}

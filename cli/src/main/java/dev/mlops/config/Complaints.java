package dev.mlops.config;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that is wrong with what the user wrote, gathered to be said at once. */
public final class Complaints {
  /**
   * @param key path of the key, such as {@code model.algorithm.epochs}; empty for the file itself
   * @param message what is wrong, in the form of "unknown key; did you mean 'epochs'?"
   */
  public record Complaint(Origin at, String key, String message) {
    /** {@code mlops.yaml:12:5: model.algorithm.epoch – unknown key; did you mean 'epochs'?} */
    @Override
    public String toString() {
      return at.label() + ": " + (key.isEmpty() ? "" : fullKey() + " – ") + message;
    }

    private String fullKey() {
      return switch (at) {
        case Origin.InFile(String _, int _, int _, Optional<String> environment) ->
            environment.map(name -> "environments." + name + "." + key).orElse(key);
        case Origin.Default _, Origin.Variable _, Origin.Flag _ -> key;
      };
    }
  }

  private final Set<Complaint> all = new LinkedHashSet<>();

  public void add(Origin at, String key, String message) {
    all.add(new Complaint(at, key, message));
  }

  /** In the order of the file, each once. */
  public List<Complaint> sorted() {
    return all.stream().sorted(Comparator.comparing(Complaint::at, Origin.order())).toList();
  }

  /**
   * @param what the file's name for people
   * @throws MlopsException with one line for each complaint, if there is any
   */
  public void throwIfAny(Code code, String what, String next) {
    if (!all.isEmpty()) {
      throw code.problem(message(what), "", next);
    }
  }

  private String message(String what) {
    String count = all.size() == 1 ? "1 problem" : all.size() + " problems";
    boolean inFile = all.stream().anyMatch(complaint -> complaint.at() instanceof Origin.InFile);
    return sorted().stream()
        .map(Complaint::toString)
        .collect(
            Collectors.joining(
                "\n  ", (inFile ? what : "The config") + " has " + count + ":\n  ", ""));
  }
}

package dev.mlops.platform;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Lets in the subjects that somebody has admitted. */
public final class FakeFederation implements Federation {
  private final Set<String> admitted = new TreeSet<>();

  public void admit(String subject) {
    admitted.add(subject);
  }

  public Set<String> admitted() {
    return admitted;
  }

  @Override
  public Verdict judge(Claims claims) {
    if (claims.subject().isEmpty()) {
      return new Verdict.Untold("no subject");
    }
    return admitted.contains(claims.subject())
        ? new Verdict.Admitted(claims.subject())
        : new Verdict.Refused(List.copyOf(admitted), "mlops ci setup --write");
  }

  @Override
  public Optional<Resource> admission(List<Claims> runs) {
    List<String> subjects = runs.stream().map(Claims::subject).toList();
    return Optional.of(
        new Resource() {
          @Override
          public String id() {
            return "fake-admission";
          }

          @Override
          public String title() {
            return "Admission";
          }

          @Override
          public State look() {
            return admitted.containsAll(subjects)
                ? new State.Ready("all of them")
                : new State.Missing("admission");
          }

          @Override
          public String ensure(Consumer<String> progress) {
            admitted.addAll(subjects);
            return "all of them";
          }
        });
  }
}

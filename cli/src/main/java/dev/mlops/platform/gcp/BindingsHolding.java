package dev.mlops.platform.gcp;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import dev.mlops.platform.Ownership.Looked;
import dev.mlops.platform.Ownership.Owned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What our accounts, pods and workflows may do with the project and the repository. It goes before
 * the accounts: after them Google keeps it for months, as {@code deleted:}. Such of an earlier life
 * go too.
 */
record BindingsHolding(Site site) implements Holding {
  private static final String KIND = "role binding";
  private static final Comparator<Owned> BY_NAME =
      Comparator.comparing(Owned::name).thenComparing(Owned::detail);

  /**
   * @param principals in full
   * @param pools what members of pools of ours begin with
   */
  private record Ours(List<String> accounts, List<String> principals, List<String> pools) {
    private static final String DELETED = "deleted:";

    boolean is(String member) {
      return accounts.stream()
              .anyMatch(email ->
                  member.equals("serviceAccount:" + email)
                      || member.startsWith("deleted:serviceAccount:" + email + "?"))
          || principals.stream()
              .anyMatch(whole -> member.equals(whole) || member.equals(DELETED + whole))
          || pools.stream()
              .anyMatch(pool -> member.startsWith(pool) || member.startsWith(DELETED + pool));
    }
  }

  @Override
  public List<String> kinds() {
    return List.of(KIND);
  }

  @Override
  public List<Looked> look() throws InterruptedException {
    Ours ours = ours();
    List<Owned> found = new ArrayList<>();
    for (AccessPolicy policy : policies()) {
      policy.find().orElse(Policy.getDefaultInstance()).getBindingsList().stream()
          .flatMap(binding -> bound(binding, ours, policy))
          .sorted(BY_NAME) // steps that ran side by side wrote them in any order
          .forEach(found::add);
    }
    return List.of(new Looked(KIND, found, List.of(), Looked.FREE));
  }

  private static Stream<Owned> bound(Binding binding, Ours ours, AccessPolicy policy) {
    return binding.getMembersList().stream()
        .filter(ours::is)
        .map(member -> new Owned(KIND, binding.getRole(), member + " on " + policy.of()));
  }

  @Override
  public void remove(Consumer<String> progress) throws InterruptedException {
    Ours ours = ours();
    for (AccessPolicy policy : policies()) {
      if (policy.find().isPresent()) {
        progress.accept("removing our roles on " + policy.of());
        policy.rewrite(progress, now -> without(now, ours));
      }
    }
  }

  private static Policy without(Policy policy, Ours ours) {
    Policy.Builder kept = policy.toBuilder().clearBindings();
    for (Binding binding : policy.getBindingsList()) {
      List<String> members =
          binding.getMembersList().stream().filter(member -> !ours.is(member)).toList();
      if (!members.isEmpty()) {
        kept.addBindings(binding.toBuilder().clearMembers().addAllMembers(members));
      }
    }
    return kept.build();
  }

  private List<AccessPolicy> policies() {
    return List.of(AccessPolicy.ofProject(site), AccessPolicy.ofRepository(site));
  }

  /** The pool of the pods is the project's: only our ServiceAccount in it is ours. */
  private Ours ours() throws InterruptedException {
    List<String> accounts = new AccountsHolding(site).emails();
    Optional<String> number = AccountsHolding.projectNumber(site);
    if (number.isEmpty()) {
      return new Ours(accounts, List.of(), List.of());
    }
    String pool = "://iam.googleapis.com/" + site.poolName() + "/";
    return new Ours(
        accounts, List.of(site.podPrincipal()), List.of("principalSet" + pool, "principal" + pool));
  }
}

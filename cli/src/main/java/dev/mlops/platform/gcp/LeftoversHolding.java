package dev.mlops.platform.gcp;

import dev.mlops.platform.Ownership.Looked;
import dev.mlops.platform.Ownership.Owned;
import dev.mlops.problem.MlopsException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a cluster of ours has left in Compute: Google tries to take it along, and promises not.
 *
 * @param wasOurs whether it is known to have been, where it is gone and could have been adopted
 */
record LeftoversHolding(Site site, AtomicBoolean wasOurs) implements Holding {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  @Override
  public List<String> kinds() {
    return Stream.of(LeftoverKind.values()).map(LeftoverKind::label).toList();
  }

  @Override
  public List<Looked> look() throws InterruptedException {
    Kinship.Told told = new Sweep(site, wasOurs.get()).tell();
    Prices prices = Prices.of(site);
    return Stream.of(LeftoverKind.values()).map(kind -> looked(kind, told, prices)).toList();
  }

  private static Looked looked(LeftoverKind kind, Kinship.Told told, Prices prices) {
    if (told.unseen().containsKey(kind)) {
      return Looked.unseen(kind.label(), told.unseen().get(kind));
    }
    List<Leftover> ours = told.oursOf(kind);
    List<Leftover> uncertain = told.uncertainOf(kind);
    return new Looked(
        kind.label(),
        ours.stream().map(each -> owned(each, prices, "")).toList(),
        uncertain.stream().map(each -> owned(each, prices, "may be of another cluster")).toList(),
        Looked.sum(
            Stream.concat(ours.stream(), uncertain.stream())
                .map(each -> kind.monthly(each.thing(), prices))));
  }

  private static Owned owned(Leftover leftover, Prices prices, String note) {
    String price =
        leftover
            .kind()
            .monthly(leftover.thing(), prices)
            .map(each -> each.signum() == 0 ? "" : "USD " + each + " a month")
            .orElse("billed");
    String detail = price.isEmpty() || note.isEmpty() ? price + note : price + ", " + note;
    return new Owned(leftover.kind().label(), leftover.name(), detail);
  }

  /** Kind after kind: none can go while something before it points to it. */
  @Override
  public void remove(Consumer<String> progress) throws InterruptedException {
    Kinship.Told told = new Sweep(site, wasOurs.get()).tell();
    for (LeftoverKind kind : LeftoverKind.values()) {
      Parallel.map(
          told.oursOf(kind),
          leftover -> {
            remove(leftover, progress);
            return leftover;
          });
    }
  }

  /** Returns the path of the operation, if Google says one. */
  private Optional<String> begin(String deed, Leftover leftover, Consumer<String> progress)
      throws InterruptedException {
    try {
      return site.policy()
          .remove(deed, progress, () -> site.clients().rest(Sweep.API).delete(leftover.path()))
          .map(operation -> operation.path("selfLink").asText())
          .filter(link -> !link.isEmpty())
          .map(Leftover::path);
    } catch (MlopsException e) {
      if (!e.problem().why().contains("is not ready")) {
        throw e;
      }
      progress.accept(deed + ": an earlier run has begun it");
      return Optional.empty();
    }
  }

  private void remove(Leftover leftover, Consumer<String> progress) throws InterruptedException {
    String deed = "remove the " + leftover.kind().label() + " " + leftover.name();
    progress.accept(deed);
    Optional<String> operation = begin(deed, leftover, progress);
    var sweep = new Sweep(site, wasOurs.get());
    Operations.await(
        deed,
        LONGEST,
        site.policy().pace(),
        progress,
        () -> {
          if (!sweep.isThere(leftover)) {
            return Optional.of("gone");
          }
          if (operation.isPresent()) {
            sweep.throwIfFailed(deed, operation.get());
          }
          return Optional.empty();
        });
  }
}

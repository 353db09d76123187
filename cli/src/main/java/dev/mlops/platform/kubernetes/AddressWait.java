package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Waits until what the manifests put before the service has got an address. A cluster that has
 * nothing to give one shows by its silence: nobody takes the object into his hands.
 *
 * @param longest for which an address is waited for
 * @param silence after which an object that nobody has touched is given up
 */
record AddressWait(Site site, Duration longest, Duration silence) {
  private static final Duration LOOK = Duration.ofSeconds(1);

  AddressWait(Site site) {
    this(site, Duration.ofMinutes(10), Duration.ofSeconds(15));
  }

  /** Returns without one if there is none to come; the service runs all the same. */
  void await(Consumer<String> progress) throws InterruptedException {
    Instant start = Instant.now();
    while (true) {
      List<WayIn> ways = ways();
      Duration waited = Duration.between(start, Instant.now());
      if (ways.isEmpty() || ways.stream().anyMatch(way -> way.address().isPresent())) {
        return;
      }
      boolean inHand = waited.compareTo(silence) <= 0 || ways.stream().anyMatch(this::isInHand);
      if (!inHand || waited.compareTo(longest) > 0) {
        progress.accept(note(ways));
        return;
      }
      progress.accept(
          "waiting for an address of %s, %d s of at most %d"
              .formatted(titles(ways), waited.toSeconds(), longest.toSeconds()));
      Thread.sleep(LOOK);
    }
  }

  private List<WayIn> ways() {
    Optional<Deployment> main = site.main();
    return main.map(new Addresses(site)::ways).orElse(List.of());
  }

  /** Controllers leave a finalizer, or tell by events what they are at. */
  private boolean isInHand(WayIn way) {
    return !way.object().at("/metadata/finalizers").isEmpty()
        || SceneWatch.eventsNow(site).stream()
            .anyMatch(event ->
                way.object()
                    .at("/metadata/uid")
                    .asText()
                    .equals(event.getInvolvedObject().getUid()));
  }

  /** What to know of ways that lead nowhere yet. */
  static String note(List<WayIn> ways) {
    return titles(ways)
        + " has no address: nothing in the cluster has given it one. `mlops open` leads to the"
        + " service from here.";
  }

  private static String titles(List<WayIn> ways) {
    return ways.stream().map(WayIn::title).collect(Collectors.joining(", "));
  }
}

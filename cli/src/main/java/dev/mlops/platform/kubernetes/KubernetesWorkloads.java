package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.Marked;
import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Event;
import dev.mlops.platform.LeftRunning;
import dev.mlops.platform.Status;
import dev.mlops.platform.Workloads;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The service of an environment in a cluster. */
record KubernetesWorkloads(Site site) implements Workloads {
  private static final String GOES_ON =
      "What was applied stays, and the cluster goes on with it by itself: `mlops status` shows how"
          + " far it is.";

  @Override
  public Status status() {
    return new StatusReader(site).read();
  }

  @Override
  public List<Event> events() {
    return new StatusReader(site).events();
  }

  @Override
  public List<String> compare(Desired desired) {
    return new Comparison(site).lines(desired);
  }

  @Override
  public Optional<byte[]> ask(Status.Replica replica, String path) throws IOException {
    return new PodProxy(site).get(replica.name(), path);
  }

  @Override
  public List<ObjectNode> render(Desired desired) {
    return Order.of(Marked.of(site.settings().owner(), desired));
  }

  @Override
  public Status apply(Desired desired, ApplyOptions options, Consumer<String> progress)
      throws InterruptedException {
    try {
      new Namespaces(site).ensure(progress);
      Optional<Desired> former = Retreat.target(new History(site).former(), desired);
      rollOut(desired, former, options, progress);
      if (site.main().flatMap(Pause::of).isEmpty()) {
        new AddressWait(site).await(progress);
      }
      return status();
    } catch (MlopsException e) {
      if (Interruption.isCause(e)) {
        throw interrupted();
      }
      throw e;
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void rollOut(
      Desired desired, Optional<Desired> former, ApplyOptions options, Consumer<String> progress)
      throws InterruptedException {
    var delivery = new Deliverer(site, progress);
    try {
      delivery.deliver(desired, options.forceConflicts());
    } catch (MlopsException e) {
      if (Interruption.isCause(e)) {
        throw e;
      }
      if (!options.rollBack()) {
        throw Retreat.declined(e, former);
      }
      throw goBack(delivery, former, e, progress);
    }
  }

  private MlopsException goBack(
      Deliverer delivery,
      Optional<Desired> former,
      MlopsException failure,
      Consumer<String> progress)
      throws InterruptedException {
    if (former.isEmpty()) {
      return Retreat.impossible(failure);
    }
    Desired target = former.get();
    progress.accept(failure.problem().message() + "; back to release " + target.release().name());
    try {
      delivery.restore(target);
      return Retreat.done(failure, target, site.main().flatMap(Pause::of).isPresent());
    } catch (MlopsException second) {
      if (Interruption.isCause(second)) {
        throw second;
      }
      return Retreat.failed(failure, target, second);
    }
  }

  private static InterruptedException interrupted() {
    return new LeftRunning(GOES_ON);
  }
}

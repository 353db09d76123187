package dev.mlops.platform.gcp;

import com.google.api.services.iam.v1.Iam;
import com.google.api.services.iam.v1.model.Operation;
import com.google.api.services.iam.v1.model.WorkloadIdentityPool;
import dev.mlops.platform.Ownership.Looked;
import dev.mlops.platform.Ownership.Owned;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * The pool in which GitHub's workflows are known, and its provider with it. Google keeps its name
 * for 30 days, in which it can be taken back.
 */
record PoolHolding(Site site) implements Holding {
  private static final String KIND = "workload identity pool";

  @Override
  public List<String> kinds() {
    return List.of(KIND);
  }

  @Override
  public boolean isApart() {
    return true;
  }

  @Override
  public List<Looked> look() throws InterruptedException {
    Optional<WorkloadIdentityPool> found = find();
    if (found.isEmpty()) {
      return List.of(Looked.nothing(KIND));
    }
    return List.of(
        isOurs(found.get())
            ? new Looked(KIND, List.of(owned("with its provider")), List.of(), Looked.FREE)
            : new Looked(KIND, List.of(), List.of(owned("was not made by mlops")), Looked.FREE));
  }

  private Owned owned(String detail) {
    return new Owned(KIND, site.names().pool(), detail);
  }

  private boolean isOurs(WorkloadIdentityPool pool) {
    return site.names().marker().equals(pool.getDescription());
  }

  /** The provider goes with it: it is of no use without. */
  @Override
  public void remove(Consumer<String> progress) throws InterruptedException {
    Optional<WorkloadIdentityPool> found = find();
    if (found.isEmpty() || !isOurs(found.get())) {
      return;
    }
    String deed = "remove the pool " + site.names().pool();
    String name = name();
    progress.accept(deed);
    var provider = new PoolProvider(site, null);
    remove(
        progress,
        () -> pools().providers().delete(provider.name()).execute(),
        new PoolOperations(site, deed, one -> pools().providers().operations().get(one).execute()),
        () -> provider.find().filter(each -> Pool.isActive(each.getState())).isEmpty());
    remove(
        progress,
        () -> pools().delete(name).execute(),
        new PoolOperations(site, deed, one -> pools().operations().get(one).execute()),
        () -> find().isEmpty());
  }

  private void remove(
      Consumer<String> progress,
      Callable<Operation> call,
      PoolOperations operations,
      Policy.Look isGone)
      throws InterruptedException {
    Optional<Operation> begun = site.policy().remove(operations.deed(), progress, call);
    operations.await(begun, isGone, progress);
  }

  /** With the project's id, since its number may be hidden where pools are not. */
  private String name() {
    return new Pool(site, null).name();
  }

  /** One that is deleted can still be read. */
  private Optional<WorkloadIdentityPool> find() throws InterruptedException {
    String name = name();
    return site.policy()
        .find("read the pool " + site.names().pool(), () -> pools().get(name).execute())
        .filter(pool -> Pool.isActive(pool.getState()));
  }

  private Iam.Projects.Locations.WorkloadIdentityPools pools() {
    return site.clients().pools().projects().locations().workloadIdentityPools();
  }
}

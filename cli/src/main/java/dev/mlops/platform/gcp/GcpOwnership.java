package dev.mlops.platform.gcp;

import dev.mlops.platform.Ownership;
import dev.mlops.problem.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Everything of ours in Google Cloud, in the order in which nothing is left behind: what is in the
 * cluster, the cluster, what it has left, the images, then who could use them: rights before
 * accounts. The project stays, with its APIs.
 */
public final class GcpOwnership implements Ownership {
  private final List<Holding> holdings;
  private final Ownership objects;

  /**
   * @param objects in the cluster
   */
  GcpOwnership(Site site, Ownership objects) {
    this.objects = objects;
    this.holdings = holdings(site, objects);
  }

  private static List<Holding> holdings(Site site, Ownership objects) {
    List<Holding> holdings = new ArrayList<>();
    holdings.add(new ObjectsHolding(site, objects));
    holdings.add(new ClusterHolding(site));
    holdings.add(new LeftoversHolding(site));
    holdings.add(new RepositoryHolding(site));
    holdings.add(new BindingsHolding(site));
    holdings.add(new AccountsHolding(site));
    holdings.add(new PoolHolding(site));
    holdings.add(new WatchHolding(site));
    return List.copyOf(holdings);
  }

  @Override
  public List<Looked> survey() throws InterruptedException {
    return Parallel.map(holdings, Holding::look).stream().flatMap(List::stream).toList();
  }

  @Override
  public List<String> environments() {
    return objects.environments();
  }

  @Override
  public String priceBasis() {
    return Prices.here().basis();
  }

  @Override
  public List<Owned> owned() {
    return looked().stream().flatMap(each -> each.found().stream()).toList();
  }

  @Override
  public List<Owned> kept() {
    return looked().stream().flatMap(each -> each.kept().stream()).toList();
  }

  @Override
  public void remove(Consumer<String> progress) throws InterruptedException {
    for (Holding holding : holdings) {
      holding.remove(progress);
    }
  }

  private List<Looked> looked() {
    try {
      return survey();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Code.INTERRUPTED.problem("Interrupted while looking at Google Cloud", "", "", e);
    }
  }
}

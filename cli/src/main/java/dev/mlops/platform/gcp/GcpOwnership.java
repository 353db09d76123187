package dev.mlops.platform.gcp;

import dev.mlops.platform.Ownership;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Everything of ours in Google Cloud, in the order in which nothing is left behind: what is in the
 * cluster, the cluster, what it has left, the images, then who could use them: rights before
 * accounts. The project stays, with its APIs.
 */
public final class GcpOwnership implements Ownership {
  private final Site site;
  private final ImageUse use;
  private final AtomicBoolean wasOurs;
  private final List<Holding> holdings;
  private final Ownership objects;

  /**
   * @param objects in the cluster
   */
  GcpOwnership(Site site, Ownership objects) {
    this(site, objects, new ImageUse.Elsewhere(site), new AtomicBoolean());
  }

  private GcpOwnership(Site site, Ownership objects, ImageUse use, AtomicBoolean wasOurs) {
    this.site = site;
    this.use = use;
    this.wasOurs = wasOurs;
    this.objects = objects;
    this.holdings = holdings();
  }

  private List<Holding> holdings() {
    List<Holding> holdings = new ArrayList<>();
    holdings.add(new ObjectsHolding(site, objects));
    holdings.add(new ClusterHolding(site, wasOurs));
    holdings.add(new LeftoversHolding(site, wasOurs));
    holdings.add(new RepositoryHolding(site, use));
    holdings.add(new BindingsHolding(site));
    holdings.add(new AccountsHolding(site));
    holdings.add(new PoolHolding(site));
    holdings.add(new WatchHolding(site));
    return List.copyOf(holdings);
  }

  @Override
  public List<Looked> survey() throws InterruptedException {
    return Parallel.map(holdings, GcpOwnership::look).stream().flatMap(List::stream).toList();
  }

  /** What may not be looked at is said to be so, and never to be gone. */
  private static List<Looked> look(Holding holding) throws InterruptedException {
    try {
      return holding.look();
    } catch (MlopsException e) {
      if (e.problem().code() != Code.GCP_DENIED) {
        throw e;
      }
      return holding.kinds().stream().map(kind -> Looked.unseen(kind, e.problem().why())).toList();
    }
  }

  @Override
  public List<Owned> inUse() {
    try {
      return new RepositoryHolding(site, use).inUse();
    } catch (MlopsException e) {
      if (e.problem().code() != Code.GCP_DENIED) {
        throw e;
      }
      return List.of(); // the survey says that it may not be looked at
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public Ownership withInUse() {
    return new GcpOwnership(site, objects, ImageUse.NONE, wasOurs);
  }

  @Override
  public List<String> environments() {
    return objects.environments();
  }

  @Override
  public String priceBasis() {
    return Prices.of(site).basis();
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
      remove(holding, progress);
    }
  }

  private static void remove(Holding holding, Consumer<String> progress)
      throws InterruptedException {
    try {
      holding.remove(progress);
    } catch (MlopsException e) {
      if (!holding.isApart() || look(holding).stream().anyMatch(Looked::isSeen)) {
        throw e;
      }
      progress.accept("may not look at each " + String.join(", ", holding.kinds()));
    }
  }

  private List<Looked> looked() {
    try {
      return survey();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static MlopsException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return Code.INTERRUPTED.problem("Interrupted while looking at Google Cloud", "", "", e);
  }
}

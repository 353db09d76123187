package dev.mlops.platform.gcp;

import com.google.container.v1.Cluster;
import dev.mlops.platform.kubernetes.RunningImages;
import dev.mlops.problem.MlopsException;
import java.util.ArrayList;
import java.util.List;

/** Who else runs images of our repository: what is removed with it can't be pulled again. */
interface ImageUse {
  ImageUse NONE = List::of;

  /** For people, such as "pod web-1 in default of cluster other". */
  List<String> users() throws InterruptedException;

  /** In the project's other clusters; asked once. One that does not answer is not known to. */
  final class Elsewhere implements ImageUse {
    private static final List<Cluster.Status> ANSWERING =
        List.of(Cluster.Status.RUNNING, Cluster.Status.RECONCILING, Cluster.Status.DEGRADED);

    private final Site site;
    private List<String> users;

    Elsewhere(Site site) {
      this.site = site;
    }

    @Override
    public synchronized List<String> users() throws InterruptedException {
      if (users == null) {
        users = ask();
      }
      return users;
    }

    private List<String> ask() throws InterruptedException {
      String address = new Registry(site).address();
      List<String> all = new ArrayList<>();
      for (List<String> of :
          Parallel.map(ClusterResource.others(site), other -> usersIn(other, address))) {
        all.addAll(of);
      }
      return List.copyOf(all);
    }

    private List<String> usersIn(Cluster other, String address) {
      if (!ANSWERING.contains(other.getStatus())) {
        return List.of();
      }
      try {
        return RunningImages.of(new ClusterAccess(site).cluster(other), address).stream()
            .map(pod -> pod + " of cluster " + other.getName())
            .toList();
      } catch (MlopsException e) {
        return List.of();
      }
    }
  }
}

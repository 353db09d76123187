package dev.mlops.platform.gcp;

import dev.mlops.platform.Resource.State;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;

/**
 * What there is to look at yet. Of a project or a region that is not there Google says the same as
 * of one that we may not see.
 */
record Ground(Site site) {
  boolean hasProject() throws InterruptedException {
    try {
      return !(new ProjectResource(site).look() instanceof State.Missing);
    } catch (MlopsException e) {
      if (e.problem().code() == Code.GCP_BILLING) {
        return true;
      }
      throw e;
    }
  }

  boolean hasCluster() throws InterruptedException {
    try {
      return hasProject() && ClusterResource.find(site).isPresent();
    } catch (MlopsException e) {
      if (e.problem().why().contains("locations/" + site.config().location())) {
        return false;
      }
      throw e;
    }
  }

  boolean hasRepository() throws InterruptedException {
    return hasProject() && new Registry(site).find().isPresent();
  }
}

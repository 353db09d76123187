package dev.mlops.platform.gcp;

import dev.mlops.platform.Resource.State;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;

/**
 * What there is to look at yet; each asked once, by whoever of several needs it first. Of a project
 * or a region that is not there Google says the same as of one that we may not see.
 */
final class Ground {
  private final Site site;
  private final Presence project;
  private final Presence cluster;

  Ground(Site site) {
    this.site = site;
    this.project = new Presence(this::looksLikeProject);
    this.cluster = new Presence(this::looksLikeCluster);
  }

  boolean hasProject() throws InterruptedException {
    return project.isThere();
  }

  boolean hasCluster() throws InterruptedException {
    return cluster.isThere();
  }

  boolean hasRepository() throws InterruptedException {
    return hasProject() && new Registry(site).find().isPresent();
  }

  private boolean looksLikeProject() throws InterruptedException {
    try {
      return !(new ProjectResource(site).look() instanceof State.Missing);
    } catch (MlopsException e) {
      if (e.problem().code() == Code.GCP_BILLING) {
        return true;
      }
      throw e;
    }
  }

  private boolean looksLikeCluster() throws InterruptedException {
    try {
      return hasProject() && ClusterResource.find(site).isPresent();
    } catch (MlopsException e) {
      if (e.problem().why().contains("locations/" + site.config().location())) {
        return false;
      }
      throw e;
    }
  }
}

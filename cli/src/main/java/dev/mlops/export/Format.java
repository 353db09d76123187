package dev.mlops.export;

import java.util.Locale;
import java.util.Map;

/** In which form a release is written. */
public enum Format {
  KUSTOMIZE {
    @Override
    public Map<String, String> texts(Exported exported) {
      return Kustomization.texts(exported);
    }

    @Override
    public String next(Exported exported, String folder) {
      return "kubectl apply -k " + folder;
    }
  },
  HELM {
    @Override
    public Map<String, String> texts(Exported exported) {
      return HelmChart.texts(exported);
    }

    @Override
    public String next(Exported exported, String folder) {
      return "helm install "
          + exported.name()
          + " "
          + folder
          + " --namespace "
          + exported.namespace()
          + " --create-namespace";
    }
  };

  /** By file name. */
  public abstract Map<String, String> texts(Exported exported);

  /**
   * What brings it to a cluster.
   *
   * @param folder as a word for a shell
   */
  public abstract String next(Exported exported, String folder);

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

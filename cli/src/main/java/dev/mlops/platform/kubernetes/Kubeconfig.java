package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.ShellWord;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One context of a kubeconfig. Nothing else has a say in where the calls go and as whom: neither
 * the client's own variables, such as KUBERNETES_MASTER, nor a pod's ServiceAccount.
 *
 * @param named the file; what KUBECONFIG names, or {@code ~/.kube/config}, if absent
 */
record Kubeconfig(Optional<Path> named, String context) {

  /**
   * @throws MlopsException if there is no such context, or its credentials can't be had
   */
  Config read() {
    try {
      return config(files().stream().map(Path::toFile).map(KubeConfigUtils::parseConfig).toList());
    } catch (KubernetesClientException | IllegalArgumentException e) {
      throw Code.KUBERNETES_CONFIG.problem(
          "The kubeconfig can't be read",
          "",
          "kubectl config view"
              + named.map(file -> " --kubeconfig " + ShellWord.of(file)).orElse(""),
          e);
    }
  }

  private Config config(List<io.fabric8.kubernetes.api.model.Config> files) {
    NamedContext chosen = context(files);
    Optional<NamedAuthInfo> user = user(files, chosen.getContext().getUser());
    Optional<ExecConfig> exec = user.map(NamedAuthInfo::getUser).map(AuthInfo::getExec);
    // The client would run it by itself, and not tell what went wrong.
    user.map(NamedAuthInfo::getUser).ifPresent(info -> info.setExec(null));
    Config config = Config.empty();
    KubeConfigUtils.merge(
        config, context, files.toArray(io.fabric8.kubernetes.api.model.Config[]::new));
    Proxies.ofProcess().addTo(config);
    user.ifPresent(found -> new Login(config, found).use(exec));
    return config;
  }

  private NamedContext context(List<io.fabric8.kubernetes.api.model.Config> files) {
    return files.stream()
        .flatMap(file -> stream(file.getContexts()))
        .filter(known -> context.equals(known.getName()) && known.getContext() != null)
        .findFirst()
        .orElseThrow(() -> noContext(files));
  }

  private Optional<NamedAuthInfo> user(
      List<io.fabric8.kubernetes.api.model.Config> files, String name) {
    return files.stream()
        .flatMap(file -> stream(file.getUsers()))
        .filter(known -> Objects.equals(name, known.getName()) && known.getUser() != null)
        .findFirst();
  }

  private List<Path> files() {
    if (named.isPresent()) {
      if (!Files.isReadable(named.get())) {
        throw Code.KUBERNETES_CONFIG.problem(
            "There is no kubeconfig " + named.get(),
            "The key kubernetes.kubeconfig names it.",
            "Correct the key, or leave it out for the usual one.");
      }
      return List.of(named.get());
    }
    Collection<String> usual = Config.getKubeconfigFilenames();
    List<Path> found =
        usual.stream().map(File::new).filter(File::canRead).map(File::toPath).toList();
    if (found.isEmpty()) {
      throw Code.KUBERNETES_CONFIG.problem(
          "There is no kubeconfig",
          "Looked for " + String.join(", ", usual) + ".",
          "Set KUBECONFIG, or kubernetes.kubeconfig in the config.");
    }
    return found;
  }

  private MlopsException noContext(List<io.fabric8.kubernetes.api.model.Config> files) {
    String known =
        files.stream()
            .flatMap(file -> stream(file.getContexts()))
            .map(NamedContext::getName)
            .distinct()
            .collect(Collectors.joining(", "));
    return Code.KUBERNETES_CONFIG.problem(
        "The kubeconfig has no context `" + context + "`",
        known.isEmpty() ? "It has none at all." : "It has: " + known + ".",
        "Set kubernetes.context to one of them.");
  }

  private static <T> Stream<T> stream(List<T> list) {
    return list == null ? Stream.empty() : list.stream();
  }
}

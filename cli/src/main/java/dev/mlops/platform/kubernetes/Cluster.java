package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.problem.Code;
import dev.mlops.problem.ShellWord;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A cluster that can be asked; nothing is sent before the first question. */
public final class Cluster {
  /**
   * The client asks the server for kinds that it does not know, but for those of the core group.
   */
  private static final List<Class<? extends KubernetesResource>> CORE =
      List.of(
          ConfigMap.class,
          Endpoints.class,
          LimitRange.class,
          Namespace.class,
          PersistentVolume.class,
          PersistentVolumeClaim.class,
          Pod.class,
          ResourceQuota.class,
          Secret.class,
          Service.class,
          ServiceAccount.class);

  private static final int CONNECT_MILLIS = 5_000;
  private static final int ANSWER_MILLIS = 30_000;
  private static final int RETRIES = 4;
  private static final int FIRST_RETRY_MILLIS = 200;

  private final String name;
  private final Supplier<KubernetesClient> connection;
  private final boolean ofKubeconfig;
  private final String kubectl;
  private final Discovery discovery = new Discovery(this);

  /**
   * @param name what people call it: the context, or the cloud's own name
   */
  public Cluster(String name, Supplier<KubernetesClient> connection) {
    this(name, connection, false, kubectl(Optional.empty(), name));
  }

  private Cluster(
      String name, Supplier<KubernetesClient> connection, boolean ofKubeconfig, String kubectl) {
    this.name = name;
    this.connection = connection;
    this.ofKubeconfig = ofKubeconfig;
    this.kubectl = kubectl;
  }

  /**
   * The cluster of a context.
   *
   * @param kubeconfig the file; what KUBECONFIG names, or {@code ~/.kube/config}, if absent
   */
  public static Cluster of(Optional<Path> kubeconfig, String context) {
    var config = new Kubeconfig(kubeconfig, context);
    return new Cluster(
        context, new Lazy<>(() -> connect(config.read())), true, kubectl(kubeconfig, context));
  }

  /**
   * A cluster that a cloud tells of; asked for when it is first needed.
   *
   * @param login the command that lets a person's own tools at it
   */
  public static Cluster at(String name, String login, Supplier<ApiServer> server) {
    return new Cluster(name, new Lazy<>(() -> connect(server.get())), false, login + " && kubectl");
  }

  private static String kubectl(Optional<Path> kubeconfig, String context) {
    return "kubectl"
        + kubeconfig.map(file -> " --kubeconfig " + ShellWord.of(file)).orElse("")
        + " --context "
        + ShellWord.of(context);
  }

  /**
   * How a person asks it: with what leads there, whichever context their own tools are at.
   *
   * @param command such as {@code version}
   */
  String byHand(String command) {
    return kubectl + " " + command;
  }

  public String name() {
    return name;
  }

  /** Whether a kubeconfig, and not a cloud, says where it is and who we are. */
  boolean isOfKubeconfig() {
    return ofKubeconfig;
  }

  /** What kinds it has; remembered. */
  Discovery discovery() {
    return discovery;
  }

  public KubernetesClient client() {
    return connection.get();
  }

  private static KubernetesClient connect(ApiServer server) {
    Config config = server.config();
    var renewal = new TokenRenewal(config, server.renew());
    return connect(config, http -> http.addOrReplaceInterceptor(TokenRenewal.NAME, renewal));
  }

  /** A client with the waits and retries that every call keeps. */
  public static KubernetesClient connect(Config config) {
    return connect(config, _ -> {});
  }

  private static KubernetesClient connect(Config config, Consumer<HttpClient.Builder> more) {
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setRequestTimeout(ANSWER_MILLIS);
    // As kubectl does: what stands before a cluster may not let WebSockets through.
    config.setOnlyHttpWatches(true);
    config.setRequestRetryBackoffLimit(RETRIES);
    config.setRequestRetryBackoffInterval(FIRST_RETRY_MILLIS);
    // Looks for no kinds on the class path: there are over a thousand, and each is a class to load.
    var serialization = new KubernetesSerialization(new ObjectMapper(), false);
    CORE.forEach(serialization::registerKubernetesResource);
    try {
      return new KubernetesClientBuilder()
          .withConfig(config)
          .withKubernetesSerialization(serialization)
          .withHttpClientBuilderConsumer(
              more.andThen(http -> http.addOrReplaceInterceptor(Impatience.NAME, new Impatience())))
          .build();
    } catch (KubernetesClientException e) {
      throw Code.KUBERNETES_CONFIG.problem(
          "There is no connection to be made to " + config.getMasterUrl(),
          "A certificate or a key can't be read, or the address is none.",
          "kubectl config view",
          e);
    }
  }
}

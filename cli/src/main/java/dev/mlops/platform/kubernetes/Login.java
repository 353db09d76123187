package dev.mlops.platform.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a kubeconfig's user is known by, where the client does not see to it: programs, files with
 * tokens, and impersonation.
 *
 * @param config of the client
 */
record Login(Config config, NamedAuthInfo user) {

  void use(Optional<ExecConfig> exec) {
    AuthInfo info = user.getUser();
    impersonate(info);
    if (info.getAuthProvider() != null) {
      return; // the client renews OpenID Connect tokens by itself
    }
    if (info.getToken() == null && info.getTokenFile() != null) {
      Path file = folder().resolve(info.getTokenFile());
      config.setOauthTokenProvider(() -> token(file));
    } else if (exec.isPresent()) {
      var plugin = new ExecPlugin(exec.get(), folder(), config);
      plugin
          .certificate()
          .ifPresent(pair -> {
            config.setClientCertData(pair.certificate());
            config.setClientKeyData(pair.key());
          });
      config.setOauthTokenProvider(plugin);
    } else {
      String token = info.getToken();
      config.setOauthTokenProvider(() -> token);
    }
  }

  private void impersonate(AuthInfo info) {
    if (info.getAs() != null) {
      config.setImpersonateUsername(info.getAs());
      if (info.getAsGroups() != null) {
        config.setImpersonateGroups(info.getAsGroups().toArray(String[]::new));
      }
    }
  }

  /** Which relative paths of the kubeconfig start from. */
  private Path folder() {
    var file = KubeConfigUtils.getFileWithNamedAuthInfo(config.getCurrentContext());
    return file == null ? Path.of("") : file.toPath().toAbsolutePath().getParent();
  }

  /** Read anew for each call: whoever wrote it replaces it before it expires. */
  private static String token(Path file) {
    try {
      return Files.readString(file, UTF_8).strip();
    } catch (IOException e) {
      throw Code.KUBERNETES_LOGIN.problem(
          "The kubeconfig's token can't be read: " + file,
          "",
          "Put the token there, or correct tokenFile",
          e);
    }
  }
}

package dev.mlops.platform.kubernetes;

import dev.mlops.image.ImagePusher;
import dev.mlops.image.Login;
import dev.mlops.platform.Digest;
import dev.mlops.platform.Images;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Images in a registry that the cluster pulls from. Each lies under a tag of its own digest, so
 * that no registry's clean-up takes it for left over.
 *
 * @param repository such as {@code registry.example.com/team/iris}
 */
record RegistryImages(String repository, boolean plainHttp, Optional<Login> login)
    implements Images {
  RegistryImages(String repository, boolean plainHttp) {
    this(repository, plainHttp, Optional.empty());
  }

  @Override
  public boolean has(Digest image) throws InterruptedException {
    return pusher(image).has(image);
  }

  @Override
  public void publish(Path layout, Digest image, Consumer<String> progress)
      throws InterruptedException {
    pusher(image).publish(layout, image, progress);
  }

  @Override
  public void fetch(Digest image, Path layout, Consumer<String> progress)
      throws InterruptedException {
    pusher(image).fetch(image, layout, progress);
  }

  @Override
  public Optional<byte[]> file(Digest image, String path) throws InterruptedException {
    return pusher(image).file(image, path);
  }

  /** Returns if images may be pushed. */
  void tryPush() throws InterruptedException {
    new ImagePusher(repository, plainHttp, login).tryPush();
  }

  @Override
  public String reference(String name, Digest image) {
    return repository + "@" + image;
  }

  private ImagePusher pusher(Digest image) {
    return new ImagePusher(repository + ":" + image.brief(), plainHttp, login);
  }
}

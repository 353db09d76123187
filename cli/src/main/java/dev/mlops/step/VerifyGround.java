package dev.mlops.step;

import dev.mlops.image.BuiltImage;
import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.platform.Provisioning.Verification;
import dev.mlops.platform.Resource;
import dev.mlops.platform.Status;
import java.util.List;
import java.util.function.Consumer;

/** Asks, with the image itself, whether what it stands on is as it was made. */
public final class VerifyGround implements Step<String> {
  private final Ref<BuiltImage> image;
  private final Ref<Status> running;
  private final Verification verification;

  /**
   * @param running the rollout, which brings what the question is asked with
   */
  public VerifyGround(Ref<BuiltImage> image, Ref<Status> running, Verification verification) {
    this.image = image;
    this.running = running;
    this.verification = verification;
  }

  @Override
  public String id() {
    return "verify-identity";
  }

  @Override
  public String title() {
    return "Verify the identity";
  }

  @Override
  public List<Ref<?>> needs() {
    return List.of(image, running);
  }

  @Override
  public Finding<String> inspect() throws InterruptedException {
    return new EnsureResource(question(), List.of()).inspect();
  }

  @Override
  public String ensure(Consumer<String> progress) throws InterruptedException {
    return question().ensure(progress);
  }

  @Override
  public String describe(String answer) {
    return answer;
  }

  private Resource question() {
    return verification.by(image.get().digest());
  }
}

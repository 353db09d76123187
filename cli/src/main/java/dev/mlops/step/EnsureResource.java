package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.platform.Resource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes one thing that the environment stands on. The value is what to say about it. */
public final class EnsureResource implements Step<String> {
  private final Resource resource;
  private final List<Ref<?>> needs;

  /**
   * @param needs of the resources that this one needs
   */
  public EnsureResource(Resource resource, List<Ref<?>> needs) {
    this.resource = resource;
    this.needs = List.copyOf(needs);
  }

  @Override
  public String id() {
    return resource.id();
  }

  @Override
  public String title() {
    return resource.title();
  }

  @Override
  public List<Ref<?>> needs() {
    return needs;
  }

  @Override
  public String foresee() {
    return resource.foresee();
  }

  @Override
  public Finding<String> inspect() throws InterruptedException {
    return switch (resource.look()) {
      case Resource.State.Ready ready -> new Finding.InSync<>(ready.text());
      case Resource.State.Missing(String what) -> new Finding.Missing<>(what);
      case Resource.State.Differs(List<Resource.Difference> differences) ->
          new Finding.Differs<>(
              differences.stream()
                  .map(Resource.Difference::toString)
                  .collect(Collectors.joining("\n")));
    };
  }

  @Override
  public String ensure(Consumer<String> progress) throws InterruptedException {
    return resource.ensure(progress);
  }

  @Override
  public String describe(String detail) {
    return detail;
  }
}

package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Finds where the service answers; fails with the remedy if it does not. */
public final class FindEndpoint implements Step<URI> {
  private final List<Ref<?>> after;
  private final Supplier<URI> endpoint;

  /**
   * @param after what has to be done before there is an endpoint
   * @param endpoint throws a problem where there is none
   */
  public FindEndpoint(List<Ref<?>> after, Supplier<URI> endpoint) {
    this.after = List.copyOf(after);
    this.endpoint = endpoint;
  }

  @Override
  public String id() {
    return "find-endpoint";
  }

  @Override
  public String title() {
    return "Find the endpoint";
  }

  @Override
  public List<Ref<?>> needs() {
    return after;
  }

  @Override
  public Finding<URI> inspect() {
    return new Finding.InSync<>(endpoint.get());
  }

  @Override
  public URI ensure(Consumer<String> progress) {
    return endpoint.get();
  }

  @Override
  public String describe(URI found) {
    return found.toString();
  }
}

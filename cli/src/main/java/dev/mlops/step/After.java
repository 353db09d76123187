package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A step that needs others to be done, though it does not read their values. */
public final class After<T> implements Step<T> {
  private final Step<T> step;
  private final List<Ref<?>> before;

  public After(List<? extends Ref<?>> before, Step<T> step) {
    this.step = step;
    this.before = List.copyOf(before);
  }

  @Override
  public String id() {
    return step.id();
  }

  @Override
  public String title() {
    return step.title();
  }

  @Override
  public List<Ref<?>> needs() {
    return Stream.concat(before.stream(), step.needs().stream()).<Ref<?>>map(ref -> ref).toList();
  }

  @Override
  public String foresee() throws Exception {
    return step.foresee();
  }

  @Override
  public Finding<T> inspect() throws Exception {
    return step.inspect();
  }

  @Override
  public T ensure(Consumer<String> progress) throws Exception {
    return step.ensure(progress);
  }

  @Override
  public String describe(T value) {
    return step.describe(value);
  }
}

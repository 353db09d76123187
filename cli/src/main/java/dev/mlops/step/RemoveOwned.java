package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Step;
import dev.mlops.platform.Ownership;
import dev.mlops.problem.Code;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Removes all that is ours, and looks again: the value is what was found afterwards, nothing. */
public final class RemoveOwned implements Step<List<Ownership.Owned>> {
  private final Ownership ownership;

  public RemoveOwned(Ownership ownership) {
    this.ownership = ownership;
  }

  @Override
  public String id() {
    return "remove-owned";
  }

  @Override
  public String title() {
    return "Remove";
  }

  @Override
  public Finding<List<Ownership.Owned>> inspect() throws InterruptedException {
    List<Ownership.Owned> found = found();
    return found.isEmpty() ? new Finding.InSync<>(found) : new Finding.Differs<>(names(found));
  }

  @Override
  public List<Ownership.Owned> ensure(Consumer<String> progress) throws InterruptedException {
    ownership.remove(progress);
    List<Ownership.Owned> left = found();
    if (!left.isEmpty()) {
      throw Code.LEFT_BEHIND.problem(
          "Not everything could be removed. Left:\n" + names(left), "", "mlops destroy");
    }
    return left;
  }

  @Override
  public String describe(List<Ownership.Owned> left) {
    return "looked again: nothing is left";
  }

  private List<Ownership.Owned> found() throws InterruptedException {
    return ownership.survey().stream().flatMap(looked -> looked.found().stream()).toList();
  }

  private static String names(List<Ownership.Owned> things) {
    return things.stream()
        .map(thing -> thing.kind() + " " + thing.name())
        .collect(Collectors.joining("\n"));
  }
}

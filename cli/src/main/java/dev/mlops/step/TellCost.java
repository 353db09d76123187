package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import java.util.List;
import java.util.function.Consumer;

/** Says, once something is done, what it means for the bill; changes nothing. */
public final class TellCost implements Step<String> {
  private final Ref<?> done;
  private final String words;

  public TellCost(Ref<?> done, String words) {
    this.done = done;
    this.words = words;
  }

  @Override
  public String id() {
    return "cost";
  }

  @Override
  public String title() {
    return "Cost";
  }

  @Override
  public List<Ref<?>> needs() {
    return List.of(done);
  }

  @Override
  public Finding<String> inspect() {
    return new Finding.InSync<>(words);
  }

  @Override
  public String ensure(Consumer<String> progress) {
    return words;
  }

  @Override
  public String describe(String value) {
    return value;
  }
}

package dev.mlops.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.LeftRunning;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class RunnerTest {
  private final Map<String, String> world = new ConcurrentHashMap<>();

  /** Puts its name and what it needs into the world. */
  private final class Put implements Step<String> {
    private final String name;
    private final List<Ref<String>> inputs;

    Put(String name, List<Ref<String>> inputs) {
      this.name = name;
      this.inputs = inputs;
    }

    @Override
    public String id() {
      return name;
    }

    @Override
    public String title() {
      return "Put " + name;
    }

    @Override
    public List<Ref<?>> needs() {
      return List.copyOf(inputs);
    }

    private String wanted() {
      return name + inputs.stream().map(Ref::get).toList();
    }

    @Override
    public Finding<String> inspect() {
      String now = world.get(name);
      if (now == null) {
        return new Finding.Missing<>(name);
      }
      return now.equals(wanted())
          ? new Finding.InSync<>(now)
          : new Finding.Differs<>(now + " is not " + wanted());
    }

    @Override
    public String ensure(Consumer<String> progress) throws Exception {
      progress.accept("putting");
      if (name.startsWith("bad")) {
        throw new IllegalStateException("no room");
      }
      world.put(name, wanted());
      return wanted();
    }
  }

  private static RunReport run(Plan plan, Mode mode) throws InterruptedException {
    return new Runner(RunListener.SILENT).run(plan, mode);
  }

  private Plan chain() {
    Plan plan = new Plan();
    Ref<String> first = plan.add(new Put("first", List.of()));
    Ref<String> second = plan.add(new Put("second", List.of(first)));
    plan.add(new Put("third", List.of(first, second)));
    return plan;
  }

  @Test
  void valuesFlowFromStepToStep() throws InterruptedException {
    RunReport report = run(chain(), Mode.APPLY);

    assertEquals(3, report.changed());
    assertEquals("third[first[], second[first[]]]", world.get("third"));
  }

  @Test
  void aSecondRunChangesNothing() throws InterruptedException {
    run(chain(), Mode.APPLY);
    Map<String, String> before = Map.copyOf(world);

    RunReport again = run(chain(), Mode.APPLY);

    assertEquals(0, again.changed());
    assertEquals(before, world);
    again
        .steps()
        .forEach(step -> assertInstanceOf(Outcome.Unchanged.class, step.outcome(), step.title()));
  }

  @Test
  void planningChangesNothingAndSaysWhatCantBeKnownYet() throws InterruptedException {
    RunReport report = run(chain(), Mode.PLAN);

    assertTrue(world.isEmpty());
    assertEquals(new Outcome.Planned("first"), report.steps().get(0).outcome());
    assertEquals(new Outcome.Planned("known after: Put first"), report.steps().get(1).outcome());
  }

  @Test
  void planningSaysWhatAStepForeseesBeforeItsNeedsAreKnown() throws InterruptedException {
    Plan plan = new Plan();
    Ref<String> first = plan.add(new Put("first", List.of()));
    plan.add(new Foreseeing(() -> "colour red → blue", first));
    plan.add(
        new Foreseeing(
            () -> {
              throw new IOException("no answer");
            },
            first));
    RunReport report = run(plan, Mode.PLAN);
    assertEquals(
        new Outcome.Planned("known after: Put first\ncolour red → blue"),
        report.steps().get(1).outcome());
    assertInstanceOf(Outcome.Failed.class, report.steps().get(2).outcome());
  }

  private record Foreseeing(Callable<String> foresight, Ref<String> need) implements Step<String> {
    @Override
    public String id() {
      return "foreseeing";
    }

    @Override
    public String title() {
      return "Foresee";
    }

    @Override
    public List<Ref<?>> needs() {
      return List.of(need);
    }

    @Override
    public String foresee() throws Exception {
      return foresight.call();
    }

    @Override
    public Finding<String> inspect() {
      return new Finding.InSync<>(need.get());
    }

    @Override
    public String ensure(Consumer<String> progress) {
      return need.get();
    }
  }

  @Test
  void planningSeesADifference() throws InterruptedException {
    run(chain(), Mode.APPLY);
    world.put("second", "something else");

    RunReport report = run(chain(), Mode.PLAN);

    assertEquals(
        new Outcome.Planned("something else is not second[first[]]"),
        report.steps().get(1).outcome());
  }

  @Test
  void afterAFailureWhatNeedsItIsSkippedAndARerunConverges() throws InterruptedException {
    Plan plan = new Plan();
    Ref<String> good = plan.add(new Put("good", List.of()));
    Ref<String> bad = plan.add(new Put("bad", List.of(good)));
    plan.add(new Put("last", List.of(bad)));

    RunReport report = run(plan, Mode.APPLY);

    assertEquals("no room", report.failure().orElseThrow().detail());
    assertEquals(new Outcome.Skipped("needs: Put bad"), report.steps().get(2).outcome());
    assertEquals(Map.of("good", "good[]"), world);
  }

  @Test
  void independentStepsRunSideBySide() throws InterruptedException {
    CountDownLatch both = new CountDownLatch(2);
    Plan plan = new Plan();
    plan.add(new Meet("left", both));
    plan.add(new Meet("right", both));

    assertTrue(run(plan, Mode.APPLY).failure().isEmpty());
  }

  /** Ends only when all others have begun. */
  private record Meet(String id, CountDownLatch latch) implements Step<String> {
    @Override
    public String title() {
      return id;
    }

    @Override
    public Finding<String> inspect() {
      return new Finding.Missing<>(id);
    }

    @Override
    public String ensure(Consumer<String> progress) throws Exception {
      latch.countDown();
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("alone");
      }
      return id;
    }
  }

  /** Goes on elsewhere when it is interrupted. */
  private record Distant(String id, CountDownLatch waiting) implements Step<String> {
    @Override
    public String title() {
      return id;
    }

    @Override
    public Finding<String> inspect() {
      return new Finding.Missing<>(id);
    }

    @Override
    public String ensure(Consumer<String> progress) throws Exception {
      waiting.countDown();
      try {
        new CountDownLatch(1).await();
        return id;
      } catch (InterruptedException e) {
        throw new LeftRunning(id + " goes on");
      }
    }
  }

  @Test
  void anInterruptNamesAllThatGoesOn() {
    var waiting = new CountDownLatch(2);
    Plan plan = new Plan();
    plan.add(new Distant("cluster", waiting));
    plan.add(new Distant("repository", waiting));
    Thread command = Thread.currentThread();
    Thread.ofVirtual()
        .start(() -> {
          try {
            waiting.await();
            command.interrupt();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });

    InterruptedException told =
        assertThrows(InterruptedException.class, () -> run(plan, Mode.APPLY));
    assertEquals("cluster goes on\nrepository goes on", told.getMessage());
  }

  @Test
  void aRefOfAnotherPlanIsRefused() {
    Ref<String> foreign = new Plan().add(new Put("foreign", List.of()));

    assertThrows(
        IllegalArgumentException.class, () -> new Plan().add(new Put("here", List.of(foreign))));
  }

  /** Opens, or says why not. */
  private record Gate(boolean opens) implements Step<String> {
    @Override
    public String id() {
      return "gate";
    }

    @Override
    public String title() {
      return "Gate";
    }

    @Override
    public Finding<String> inspect() throws InterruptedException {
      Thread.sleep(50); // later steps look meanwhile
      if (!opens) {
        throw new IllegalStateException("shut");
      }
      return new Finding.InSync<>("open");
    }

    @Override
    public String ensure(Consumer<String> progress) {
      throw new AssertionError("a gate only looks");
    }
  }

  @Test
  void nothingIsChangedBehindAShutGate() throws Exception {
    world.put("there", "there[]");
    Plan plan = new Plan();
    plan.addGate(new Gate(false));
    plan.add(new Put("there", List.of()));
    plan.add(new Put("first", List.of()));
    RunReport report = run(plan, Mode.APPLY);

    assertEquals("shut", report.failure().orElseThrow().detail());
    assertInstanceOf(Outcome.Unchanged.class, report.steps().get(1).outcome());
    assertEquals("needs: Gate", report.steps().get(2).outcome().detail());
    assertEquals(Map.of("there", "there[]"), world);
  }

  @Test
  void anOpenGateLetsChangesThrough() throws Exception {
    Plan plan = new Plan();
    plan.addGate(new Gate(true));
    plan.add(new Put("first", List.of()));

    assertEquals(1, run(plan, Mode.APPLY).changed());
    assertEquals(Map.of("first", "first[]"), world);
  }
}

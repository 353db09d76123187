package dev.mlops.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs a plan: steps whose needs are met run side by side, a virtual thread each. After a failure
 * what needs that step is skipped; after an interrupt what runs is interrupted.
 */
public final class Runner {
  private static final int LAST_DEEDS_SECONDS = 60;

  private final RunListener listener;

  public Runner(RunListener listener) {
    this.listener = listener;
  }

  /**
   * @throws InterruptedException if the calling thread is interrupted; the steps under way are too
   */
  public RunReport run(Plan plan, Mode mode) throws InterruptedException {
    List<Plan.Node<?>> nodes = plan.nodes();
    Map<Ref<?>, Future<RunReport.Entry>> byRef = new HashMap<>();
    Set<Ref<?>> gates = new LinkedHashSet<>();
    List<Future<RunReport.Entry>> futures = new ArrayList<>();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      for (int i = 0; i < nodes.size(); i++) {
        Plan.Node<?> node = nodes.get(i);
        int index = i;
        Map<Ref<?>, Future<RunReport.Entry>> before = Map.copyOf(byRef);
        List<Ref<?>> closed = List.copyOf(gates);
        Future<RunReport.Entry> future =
            threads.submit(() -> runNode(node, index, mode, new Before(before, closed)));
        byRef.put(node.ref(), future);
        if (node.isGate()) {
          gates.add(node.ref());
        }
        futures.add(future);
      }
      List<RunReport.Entry> entries = new ArrayList<>();
      for (Future<RunReport.Entry> future : futures) {
        entries.add(future.get());
      }
      return new RunReport(entries, CriticalPath.of(nodes, entries));
    } catch (ExecutionException e) {
      // runNode catches every Exception, so this is an Error: a bug or an exhausted machine.
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      threads.shutdownNow();
      // A step that is interrupted may have something to take back.
      boolean _ = threads.awaitTermination(LAST_DEEDS_SECONDS, TimeUnit.SECONDS);
      String goesOn = whatGoesOn(futures);
      throw goesOn.isEmpty() ? e : new InterruptedException(goesOn);
    } finally {
      threads.shutdownNow();
    }
  }

  /** A step that leaves something running says so by an exception of its own. */
  private static String whatGoesOn(List<Future<RunReport.Entry>> futures) {
    return futures.stream()
        .filter(future -> future.state() == Future.State.SUCCESS)
        .map(future -> future.resultNow().outcome())
        .filter(Outcome.Failed.class::isInstance)
        .map(outcome -> ((Outcome.Failed) outcome).cause())
        .filter(cause -> cause instanceof InterruptedException)
        .filter(cause -> cause.getClass() != InterruptedException.class)
        .map(Throwable::getMessage)
        .distinct()
        .collect(Collectors.joining("\n"));
  }

  /** The earlier steps, and which of them have to be done before anything is changed. */
  private record Before(Map<Ref<?>, Future<RunReport.Entry>> steps, List<Ref<?>> gates) {
    void await(Ref<?> step) throws ExecutionException, InterruptedException {
      steps.get(step).get();
    }

    /** The first that did not open; returns when all are done. */
    Optional<Ref<?>> shutGate() throws ExecutionException, InterruptedException {
      for (Ref<?> gate : gates) {
        await(gate);
        if (!gate.isKnown()) {
          return Optional.of(gate);
        }
      }
      return Optional.empty();
    }
  }

  private <T> RunReport.Entry runNode(Plan.Node<T> node, int index, Mode mode, Before before)
      throws Exception {
    for (Ref<?> need : node.step().needs()) {
      before.await(need);
    }
    long start = System.nanoTime();
    Outcome outcome = outcome(node, index, mode, before);
    long millis = (System.nanoTime() - start) / 1_000_000;
    var entry = new RunReport.Entry(node.step().id(), node.step().title(), outcome, millis);
    listener.ended(index, entry);
    return entry;
  }

  private <T> Outcome outcome(Plan.Node<T> node, int index, Mode mode, Before before) {
    Step<T> step = node.step();
    Optional<? extends Ref<?>> unknown =
        step.needs().stream().filter(need -> !need.isKnown()).findFirst();
    if (unknown.isPresent()) {
      String until = unknown.get().title();
      return switch (mode) {
        case PLAN -> foreseen(step, until);
        case APPLY -> new Outcome.Skipped("needs: " + until);
      };
    }
    listener.started(index);
    try {
      return switch (step.inspect()) {
        case Finding.InSync<T>(T now) -> {
          node.ref().set(now);
          yield new Outcome.Unchanged(step.describe(now));
        }
        case Finding.Missing<T>(String what) when mode == Mode.PLAN -> new Outcome.Planned(what);
        case Finding.Differs<T>(String what) when mode == Mode.PLAN -> new Outcome.Planned(what);
        case Finding.NotYetKnown<T>(String until) when mode == Mode.PLAN ->
            new Outcome.Planned("known after: " + until);
        case Finding.Missing<T> _, Finding.Differs<T> _, Finding.NotYetKnown<T> _ -> {
          Optional<Ref<?>> shut = before.shutGate();
          if (shut.isPresent()) {
            yield new Outcome.Skipped("needs: " + shut.get().title());
          }
          T made = step.ensure(detail -> listener.progress(index, detail));
          node.ref().set(made);
          yield new Outcome.Changed(step.describe(made));
        }
      };
    } catch (InterruptedException e) {
      return new Outcome.Failed("interrupted", e);
    } catch (Exception e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()), e);
    }
  }

  private static Outcome foreseen(Step<?> step, String until) {
    try {
      String foreseen = step.foresee();
      return new Outcome.Planned(
          "known after: " + until + (foreseen.isEmpty() ? "" : "\n" + foreseen));
    } catch (Exception e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()), e);
    }
  }
}

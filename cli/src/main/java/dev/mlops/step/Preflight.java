package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Step;
import dev.mlops.platform.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Looks, before minutes of work, whether the platform will take the release. The value is what was
 * seen.
 */
public final class Preflight implements Step<List<String>> {
  private final List<Check> checks;

  /**
   * @param checks in the order in which their failures matter
   */
  public Preflight(List<Check> checks) {
    this.checks = List.copyOf(checks);
  }

  @Override
  public String id() {
    return "preflight";
  }

  @Override
  public String title() {
    return "Check the platform";
  }

  @Override
  public Finding<List<String>> inspect() throws Exception {
    return new Finding.InSync<>(look());
  }

  @Override
  public List<String> ensure(Consumer<String> progress) throws Exception {
    return look();
  }

  @Override
  public String describe(List<String> seen) {
    return String.join("\n", seen);
  }

  /** All side by side; the first failure in their order is thrown, and the rest not waited for. */
  private List<String> look() throws Exception {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<Check.Result>> looks =
          checks.stream().map(check -> threads.submit(check::look)).toList();
      List<Check.Result> results = new ArrayList<>();
      for (Future<Check.Result> look : looks) {
        results.add(await(look));
      }
      return words(results);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Check.Result await(Future<Check.Result> result) throws Exception {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception known ? known : e;
    }
  }

  /** What is well in one line, and each warning in its own. */
  private static List<String> words(List<Check.Result> results) {
    List<String> fine = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (Check.Result result : results) {
      switch (result) {
        case Check.Result.Fine(String detail) -> fine.add(detail);
        case Check.Result.Warning(String why, String _) -> warnings.add("warning: " + why);
        case Check.Result.NotApplicable _ -> {}
      }
    }
    List<String> words = new ArrayList<>();
    words.add(fine.stream().filter(detail -> !detail.isEmpty()).collect(Collectors.joining(", ")));
    words.addAll(warnings);
    return words;
  }
}

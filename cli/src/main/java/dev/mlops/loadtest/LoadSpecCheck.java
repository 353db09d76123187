package dev.mlops.loadtest;

import dev.mlops.config.Checked.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What of a plan's file does not go together, or can't be read. */
record LoadSpecCheck(LoadSpec spec) {
  private static final Duration LONGEST_TEST = Duration.ofHours(24);
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);
  private static final int MOST_TASKS = 20;

  List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    if (spec.tasks().isEmpty()) {
      spec.allTasks().forEach(task -> faults.addAll(task.faults()));
    } else {
      checkTasks(faults);
    }
    checkLoad(faults);
    checkGates("gates", spec.gates(), faults);
    checkGates("abortOn", spec.abortOn(), faults);
    checkDurations(faults);
    return faults;
  }

  private void checkTasks(List<Fault> faults) {
    boolean alsoSingle =
        spec.method().isPresent()
            || spec.path().isPresent()
            || spec.body().isPresent()
            || spec.csv().isPresent();
    if (alsoSingle) {
      faults.add(new Fault("tasks", "say what is sent; method, path, body and csv go into them"));
    }
    if (spec.tasks().size() > MOST_TASKS) {
      faults.add(new Fault("tasks", "are " + MOST_TASKS + " at most"));
    }
    Set<String> names = new HashSet<>();
    for (TaskSpec task : spec.tasks()) {
      if (!names.add(task.called())) {
        faults.add(new Fault("tasks", "two are called " + task.called() + "; name them"));
      }
    }
  }

  private void checkLoad(List<Fault> faults) {
    Faults.parse("users", spec.users(), Profile::parse, faults);
    spec.rate().ifPresent(text -> Faults.parse("rate", text, Profile::parse, faults));
    if (spec.rate().isPresent() && spec.arrivals().isPresent()) {
      faults.add(new Fault("arrivals", "can't stand beside rate"));
    }
    Faults.parse("wait", spec.waitTime(), Wait::parse, faults);
  }

  private void checkGates(String key, List<String> expressions, List<Fault> faults) {
    List<String> names = spec.allTasks().stream().map(TaskSpec::called).toList();
    for (String expression : expressions) {
      Faults.parse(key, expression, text -> Gate.parse(text).of(names), faults);
    }
  }

  private void checkDurations(List<Fault> faults) {
    if (spec.duration().isZero()) {
      faults.add(new Fault("duration", "has to be longer than nothing"));
    }
    if (spec.timeout().toMillis() < 1 || spec.timeout().compareTo(LONGEST_TIMEOUT) > 0) {
      faults.add(new Fault("timeout", "is between 1ms and 5m"));
    }
    if (spec.duration().plus(spec.warmUp()).compareTo(LONGEST_TEST) > 0) {
      faults.add(new Fault("duration", "with the warm-up the test is longer than a day"));
    }
  }
}

package dev.mlops.doctor;

import dev.mlops.doctor.Examination.Verdict;
import dev.mlops.platform.Check;
import dev.mlops.problem.MlopsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Climbs rung by rung, and no further than the first that is broken. */
final class Ladder {
  private final Consumer<String> story;
  private final List<Examination> seen = new ArrayList<>();
  private Optional<String> broken = Optional.empty();

  /**
   * @param story takes the title of what is being looked at
   */
  Ladder(Consumer<String> story) {
    this.story = story;
  }

  void climb(List<Check> rungs) throws InterruptedException {
    for (Check rung : rungs) {
      seen.add(new Examination(rung.id(), rung.title(), verdict(rung)));
    }
  }

  boolean isBroken() {
    return broken.isPresent();
  }

  List<Examination> seen() {
    return List.copyOf(seen);
  }

  private Verdict verdict(Check rung) throws InterruptedException {
    if (broken.isPresent()) {
      return new Verdict.Skipped("after " + broken.get());
    }
    story.accept(rung.title());
    try {
      return switch (rung.look()) {
        case Check.Result.Fine(String detail) -> new Verdict.Fine(detail);
        case Check.Result.Warning(String why, String next) -> new Verdict.Warning(why, next);
        case Check.Result.NotApplicable(String why) -> new Verdict.Skipped(why);
      };
    } catch (MlopsException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      broken = Optional.of(rung.title());
      return new Verdict.Broken(e);
    }
  }
}

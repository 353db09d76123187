package dev.mlops.drift;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.platform.Status;
import dev.mlops.platform.Workloads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the replicas have counted, added up.
 *
 * @param counts absent if none of them could tell
 * @param asked how many replicas there are
 * @param answered how many are in the counts
 * @param notes what a person should know, such as why a replica is not in the counts
 */
public record DriftSurvey(
    Optional<DriftCounts> counts, int asked, int answered, List<String> notes) {
  private static final String PATH = "/drift";
  private static final ObjectMapper JSON = new ObjectMapper();

  public DriftSurvey {
    notes = List.copyOf(notes);
  }

  /** Asks each replica of what runs. */
  public static DriftSurvey of(Status status, Workloads workloads) throws InterruptedException {
    Asking asking = new Asking(workloads);
    for (Status.Replica replica : status.replicas().all()) {
      asking.ask(replica);
    }
    return asking.survey(status.replicas().all().size());
  }

  private static final class Asking {
    private final Workloads workloads;
    private final Map<String, List<DriftCounts>> byModel = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    Asking(Workloads workloads) {
      this.workloads = workloads;
    }

    void ask(Status.Replica replica) throws InterruptedException {
      try {
        Optional<byte[]> answer = workloads.ask(replica, PATH);
        if (answer.isPresent()) {
          DriftCounts counts = DriftCounts.read(JSON.readTree(answer.get()));
          byModel.computeIfAbsent(counts.model(), _ -> new ArrayList<>()).add(counts);
        } else {
          notes.add(replica.name() + " can't be reached from here: its rows are not counted.");
        }
      } catch (IOException e) {
        notes.add(replica.name() + " did not tell: " + e.getMessage());
      }
    }

    /** While a release is rolled out there are two models: the one that most replicas serve. */
    DriftSurvey survey(int asked) {
      List<DriftCounts> most =
          byModel.values().stream()
              .max((a, b) -> Integer.compare(a.size(), b.size()))
              .orElse(List.of());
      int others = byModel.values().stream().mapToInt(List::size).sum() - most.size();
      if (others > 0) {
        notes.add(
            others
                + (others == 1 ? " replica serves" : " replicas serve")
                + " another model: its rows are not counted.");
      }
      return new DriftSurvey(most.stream().reduce(DriftCounts::plus), asked, most.size(), notes);
    }
  }
}

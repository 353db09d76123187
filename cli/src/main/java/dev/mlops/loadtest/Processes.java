package dev.mlops.loadtest;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Workers as processes of this machine. */
record Processes(List<WorkerProcess> all) implements Crew {
  static Crew start(int count, Duration longest, Consumer<String> progress) throws IOException {
    Processes crew = new Processes(new ArrayList<>());
    progress.accept("starting " + count + " workers");
    try {
      for (int i = 0; i < count; i++) {
        crew.all.add(WorkerProcess.start());
      }
      return crew;
    } catch (IOException e) {
      crew.close();
      throw e;
    }
  }

  @Override
  public List<WorkerLink> workers() {
    return List.copyOf(all);
  }

  @Override
  public void close() {
    all.forEach(WorkerProcess::end);
  }
}

package dev.mlops.platform.local;

import dev.mlops.platform.Logs;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads the replicas' log files, so it works when nothing runs too. */
record LocalLogs(LocalFolder folder) implements Logs {
  private static final long POLL_MILLIS = 100;

  @Override
  public void read(Query query, Consumer<Line> sink) throws InterruptedException {
    Instant since = query.since().map(age -> Instant.now().minus(age)).orElse(Instant.MIN);
    Map<String, LogReader> readers = new LinkedHashMap<>();
    try {
      for (String replica : replicas(query.replica())) {
        readers.put(replica, new LogReader(folder.logs(), replica));
      }
      if (query.replica().isPresent() && readers.isEmpty()) {
        throw unknown(query.replica().get());
      }
      emit(readers.values().stream().flatMap(r -> r.last(query.tail(), since).stream()), sink);
      while (query.follow()) {
        Thread.sleep(POLL_MILLIS);
        for (String replica : replicas(query.replica())) {
          readers.computeIfAbsent(replica, name -> new LogReader(folder.logs(), name));
        }
        emit(readers.values().stream().flatMap(reader -> reader.more().stream()), sink);
      }
    } finally {
      readers.values().forEach(LogReader::close);
    }
  }

  private static void emit(Stream<LogReader.Entry> entries, Consumer<Line> sink) {
    entries
        .sorted(Comparator.comparing(LogReader.Entry::at))
        .forEach(entry -> sink.accept(new Line(entry.replica(), entry.text())));
  }

  private List<String> replicas(Optional<String> wanted) {
    try (Stream<Path> files = Files.list(folder.logs())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ReplicaLog.ENDING))
          .map(name -> name.substring(0, name.length() - ReplicaLog.ENDING.length()))
          .filter(name -> wanted.isEmpty() || wanted.get().equals(name))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of(); // nothing has run yet
    }
  }

  private RuntimeException unknown(String replica) {
    List<String> known = replicas(Optional.empty());
    return Code.LOCAL_NO_REPLICA.problem(
        "There is no replica `" + replica + "`",
        known.isEmpty() ? "None has run yet." : "There are: " + String.join(", ", known) + ".",
        "mlops status");
  }
}

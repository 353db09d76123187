package dev.mlops.service.http;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The connections of one event loop; the room that there is for more is shared by all loops. */
final class Room {
  /** One in so many is closed when room is needed: to look through all for each would cost more. */
  private static final int SHARE = 64;

  private final Set<Connection> connections = new LinkedHashSet<>();
  private final AtomicInteger open;

  /** What a connection gets that has just come. */
  enum Entry {
    /** All that it asks for. */
    WORK,
    /** Checks and metrics, but no work done. */
    CHECKS,
    NONE
  }

  /**
   * @param open how many connections there are on all loops
   */
  Room(AtomicInteger open) {
    this.open = open;
  }

  /**
   * Gives a connection that comes its entry, from which it has to {@link #leave}. Who keeps many
   * open and idle, or sends bodies that do not end, can't keep others out.
   *
   * @param most how many connections get work done
   */
  Entry enter(int most) {
    if (open.incrementAndGet() <= most) {
      return Entry.WORK;
    }
    close(Phase::isIdle);
    if (open.get() <= most) {
      return Entry.WORK;
    }
    if (open.get() <= most + Limits.SPARE_CONNECTIONS || close(Phase::isClientsTurn)) {
      return Entry.CHECKS;
    }
    return Entry.NONE;
  }

  void add(Connection connection) {
    connections.add(connection);
  }

  void remove(Connection connection) {
    connections.remove(connection);
  }

  /** One that has entered is gone. */
  void leave() {
    open.decrementAndGet();
  }

  /** Closes some that nobody will miss much. */
  void make() {
    if (!close(Phase::isIdle)) {
      close(Phase::isClientsTurn);
    }
  }

  /**
   * Closes who holds the most memory: a body that does not end, or answers that are not taken.
   *
   * @return false if that is less than so many bytes
   */
  boolean closeLargest(int bytes) {
    Connection largest = null;
    for (Connection connection : connections) {
      if (largest == null || connection.held() > largest.held()) {
        largest = connection;
      }
    }
    if (largest == null || largest.held() < bytes) {
      return false;
    }
    largest.close();
    return true;
  }

  void forEach(Consumer<Connection> task) {
    List.copyOf(connections).forEach(task);
  }

  /** Closes those of a kind that would be the first to end by themselves. */
  private boolean close(Predicate<Phase> kind) {
    List<Connection> first =
        connections.stream()
            .filter(connection -> kind.test(connection.phase()))
            .sorted(Comparator.comparingLong(connection -> connection.phase().deadline()))
            .limit(1 + connections.size() / SHARE)
            .toList();
    first.forEach(Connection::close);
    return !first.isEmpty();
  }
}

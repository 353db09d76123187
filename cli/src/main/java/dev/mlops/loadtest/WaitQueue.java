package dev.mlops.loadtest;

import java.util.Arrays;

/**
 * Users by the moment of their next request: a binary heap on arrays, so that waiting costs no
 * objects.
 */
final class WaitQueue {
  /** Later than any moment of {@link System#nanoTime()} that a test can reach. */
  static final long NEVER = Long.MAX_VALUE;

  private long[] due = new long[64];
  private User[] users = new User[64];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** Of the first user. */
  long nextDue() {
    return size == 0 ? NEVER : due[0];
  }

  void add(User user, long moment) {
    if (size == due.length) {
      due = Arrays.copyOf(due, 2 * size);
      users = Arrays.copyOf(users, 2 * size);
    }
    int hole = size++;
    while (hole > 0 && due[(hole - 1) / 2] > moment) {
      move((hole - 1) / 2, hole);
      hole = (hole - 1) / 2;
    }
    put(hole, user, moment);
  }

  /** Takes the first user out. */
  User remove() {
    User first = users[0];
    size--;
    long moment = due[size];
    User user = users[size];
    users[size] = null;
    if (size > 0) {
      sink(user, moment);
    }
    return first;
  }

  private void sink(User user, long moment) {
    int hole = 0;
    while (2 * hole + 1 < size) {
      int child = 2 * hole + 1;
      if (child + 1 < size && due[child + 1] < due[child]) {
        child++;
      }
      if (due[child] >= moment) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    put(hole, user, moment);
  }

  private void move(int from, int to) {
    put(to, users[from], due[from]);
  }

  private void put(int place, User user, long moment) {
    users[place] = user;
    due[place] = moment;
  }
}

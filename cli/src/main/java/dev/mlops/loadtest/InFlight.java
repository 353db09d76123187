package dev.mlops.loadtest;

/**
 * Users with a request under way, the oldest first. As all have the same timeout, the order of
 * starting is the order of expiring, and a linked list through the users does.
 */
final class InFlight {
  private User oldest;
  private User newest;

  User oldest() {
    return oldest;
  }

  boolean isEmpty() {
    return oldest == null;
  }

  void add(User user) {
    user.before = newest;
    if (newest == null) {
      oldest = user;
    } else {
      newest.after = user;
    }
    newest = user;
  }

  void remove(User user) {
    if (user.before == null) {
      oldest = user.after;
    } else {
      user.before.after = user.after;
    }
    if (user.after == null) {
      newest = user.before;
    } else {
      user.after.before = user.before;
    }
    user.before = null;
    user.after = null;
  }
}

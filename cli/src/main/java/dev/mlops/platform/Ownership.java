package dev.mlops.platform;

import java.util.List;
import java.util.function.Consumer;

/** What of a project and environment the tool has made, and its removal. */
public interface Ownership {
  /**
   * One thing that the tool made.
   *
   * @param kind such as "process", "folder", "Deployment"
   * @param name what a person would look for
   * @param detail size, age or address; may be empty
   */
  record Owned(String kind, String name, String detail) {}

  /** Everything of ours that is there, looked up afresh; empty when nothing is left. */
  List<Owned> owned();

  /** What of ours stays, because something that the tool did not make hangs on it. */
  default List<Owned> kept() {
    return List.of();
  }

  /**
   * The project's environments of which something is there, whatever the config says of them; may
   * leave some out where they can't be listed.
   */
  default List<String> environments() {
    return List.of();
  }

  /** Removes all of {@link #owned}; returns when it is gone. May be repeated after any failure. */
  void remove(Consumer<String> progress) throws InterruptedException;
}

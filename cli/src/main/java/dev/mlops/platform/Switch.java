package dev.mlops.platform;

import java.util.List;
import java.util.function.Consumer;

/** Stops what costs and brings it back to exactly what it was. Both may be repeated at will. */
public interface Switch {
  /** Returns when nothing runs any more; replicas and scaling are remembered. */
  Status pause(Consumer<String> progress) throws InterruptedException;

  /** Returns when what ran before the pause is ready again. */
  Status resume(Consumer<String> progress) throws InterruptedException;

  /** What costs although nothing runs, as a pause that was cut off leaves it; reads only. */
  default List<String> leftToPause() throws InterruptedException {
    return List.of();
  }

  /** What is not yet as before the pause although all runs; reads only. */
  default List<String> leftToResume() throws InterruptedException {
    return List.of();
  }
}

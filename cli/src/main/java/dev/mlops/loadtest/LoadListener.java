package dev.mlops.loadtest;

/** Told once a second how the test goes, on the thread that runs it. */
@FunctionalInterface
public interface LoadListener {
  LoadListener SILENT = _ -> {};

  void second(Snapshot snapshot);
}

package dev.mlops.loadtest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;

/** A worker that was started: what it says and what it is told, a line each. */
public interface WorkerLink extends AutoCloseable {
  /** Starts a {@link Worker} somewhere: a process of this machine, a pod of a cluster. */
  @FunctionalInterface
  interface Start {
    /**
     * @param index from 0
     */
    WorkerLink start(int index) throws IOException;
  }

  BufferedReader frames();

  Writer commands();

  /** After its frames have ended: how, such as {@code exit code 137}. */
  String ending();

  /** Ends it at once, and whatever was made for it. */
  @Override
  void close();
}

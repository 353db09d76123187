package dev.mlops.loadtest;

import java.io.BufferedReader;
import java.io.Writer;

/** A worker that was started: what it says and what it is told, a line each. */
public interface WorkerLink {
  BufferedReader frames();

  Writer commands();

  /** After its frames have ended: how, such as {@code exit code 137}. */
  String ending();
}

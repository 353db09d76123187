package dev.mlops.service.http;

import dev.mlops.service.trace.Phases;

/** A request with the whole of its body. Good until its handler returns. */
public interface Request {
  Verb verb();

  Route route();

  /**
   * The value of a header.
   *
   * @param name in lower case
   * @return null if there is none
   */
  String header(String name);

  /** Whether the body is to be read as JSON in UTF-8: by its Content-Type, or for want of one. */
  boolean isJson();

  /** What the body lies in; nobody writes to it. */
  byte[] bytes();

  /** Where in {@link #bytes()} the body begins. */
  int bodyFrom();

  int bodyLength();

  /** The number of the event loop, from 0 to {@link HttpServer#threads()} - 1. */
  int thread();

  /** To be told which part of the work has begun, for traces. */
  Phases phases();

  /** When the end of the header came, by {@link System#nanoTime()}. */
  long startedAt();
}

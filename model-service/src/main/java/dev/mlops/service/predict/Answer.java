package dev.mlops.service.predict;

import dev.mlops.service.json.ByteSink;

/** Writes what was predicted in the shape that the request asked for. */
@FunctionalInterface
interface Answer {
  void write(Rows rows, ByteSink out);
}

package dev.mlops.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Cuts a replica's output into lines and writes them to its log until the output ends. */
final class LinePump implements Runnable {
  private static final int LONGEST_LINE = 64 * 1024;
  private static final int BLOCK = 16 * 1024;

  private final InputStream from;
  private final ReplicaLog log;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LinePump(InputStream from, ReplicaLog log) {
    this.from = from;
    this.log = log;
  }

  @Override
  public void run() {
    byte[] block = new byte[BLOCK];
    try (from) {
      int count;
      while ((count = from.read(block)) >= 0) {
        for (int i = 0; i < count; i++) {
          take(block[i]);
        }
        if (from.available() == 0) {
          log.flush();
        }
      }
    } catch (IOException e) {
      // The pipe broke with its process: what came before is kept.
    }
    if (line.size() > 0) {
      end();
    }
    log.flush();
  }

  private void take(byte next) {
    if (next == '\n') {
      end();
    } else {
      line.write(next);
      if (line.size() == LONGEST_LINE) {
        end();
      }
    }
  }

  private void end() {
    String text = line.toString(UTF_8);
    log.write(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    line.reset();
  }
}

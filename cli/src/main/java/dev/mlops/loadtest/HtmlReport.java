package dev.mlops.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One page. */
public final class HtmlReport {
  private final LoadResult result;

  public HtmlReport(LoadResult result) {
    this.result = result;
  }

  public void write(Path file) throws IOException {
    Files.writeString(file, result.toString());
  }
}

package dev.mlops.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Standard output, with what a {@link java.io.PrintStream} on top of it keeps to itself. */
public final class StandardOutput extends OutputStream {
  private static final Path DEVICE = Path.of("/dev/stdout");
  private static final int FILE_TYPE = 0xF000;
  private static final int PIPE = 0x1000;

  private final OutputStream to;
  private final Path device;
  private volatile Optional<IOException> fault = Optional.empty();

  public StandardOutput(OutputStream to) {
    this(to, DEVICE);
  }

  StandardOutput(OutputStream to, Path device) {
    this.to = to;
    this.device = device;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    try {
      to.write(bytes, from, count);
    } catch (IOException e) {
      fault = fault.or(() -> Optional.of(e));
      throw e;
    }
  }

  /**
   * Why not all was written. That the reader of a pipe has had enough, as in {@code | head -1}, is
   * no fault.
   */
  public Optional<IOException> fault() {
    return fault.filter(_ -> !isPipe());
  }

  private boolean isPipe() {
    try {
      return ((int) Files.getAttribute(device, "unix:mode") & FILE_TYPE) == PIPE;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }
}

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Programs that keep to one CPU: servers to CPU 0, what puts load on them to CPU 1. */
final class Pinned {
  private static final long LONGEST_START = 60_000_000_000L;

  private Pinned() {}

  /** A server that listens now, and ends with this program. */
  static Process server(int port, List<String> command) throws Exception {
    Process process = on(0, command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    long end = System.nanoTime() + LONGEST_START;
    while (!listens(port)) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        process.destroy();
        throw new IllegalStateException("does not listen on " + port + ": " + command);
      }
      Thread.sleep(50);
    }
    return process;
  }

  /** What a program prints that puts load on one; it may fail. */
  static String load(List<String> command) throws Exception {
    Process process = on(1, command).start();
    String output = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return output;
  }

  private static ProcessBuilder on(int cpu, List<String> command) {
    List<String> words = new ArrayList<>(List.of("taskset", "-c", String.valueOf(cpu)));
    words.addAll(command);
    return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

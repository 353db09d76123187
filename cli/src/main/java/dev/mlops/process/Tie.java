package dev.mlops.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Ties a program to the one that starts it, where there is a shell: by the pipe of its standard
 * input, which ends when the starting process does, in whatever way. A watcher waits for that and
 * ends the program. The pipe must therefore stay a pipe, and the program has nothing to read.
 */
public final class Tie {
  /**
   * The shell becomes the program ({@code exec}), so its pid is the program's. The watcher, twice
   * forked so that it is no child of the program, waits for the pipe's end; it acts only if the pid
   * still is the process that was started, known by its start time.
   */
  private static final String SCRIPT =
      """
      born() {
        if [ -r "/proc/$$/stat" ]; then
          read -r stat <"/proc/$$/stat" && set -- ${stat##*)} && echo "${20}"
        else
          PATH=/usr/bin:/bin ps -o lstart= -p $$
        fi
      }
      exec 3<&0 </dev/null
      birth=$(born)
      ( (
        exec >/dev/null 2>&1
        PATH=/usr/bin:/bin
        read -r _ <&3
        is_same() { [ "$(born 2>/dev/null)" = "$birth" ]; }
        is_same && kill -TERM $$
        for _ in 1 2 3 4 5 6 7 8 9 10; do
          is_same || exit
          sleep 0.1
        done
        is_same && kill -KILL $$
      ) & )
      exec "$@" 3<&-
      """;

  private Tie() {}

  /** The command to start in place of {@code command}; on Windows, which has no shell, the same. */
  public static List<String> to(List<String> command) {
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows")) {
      return command;
    }
    List<String> tied = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh"));
    tied.addAll(command);
    return List.copyOf(tied);
  }

  /** Whether a process is a watcher, not the program that is watched. */
  public static boolean isWatcher(ProcessHandle process) {
    return Arrays.asList(process.info().arguments().orElse(new String[0])).contains(SCRIPT);
  }
}

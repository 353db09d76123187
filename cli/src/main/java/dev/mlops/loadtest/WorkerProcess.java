package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.process.Jdk;
import dev.mlops.process.LoadJvm;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A worker as a process of this machine, by the same JVM and class path as this one. */
final class WorkerProcess implements WorkerLink {
  private static final int SECONDS_TO_END = 5;

  private final Process process;
  private final BufferedReader frames;
  private final Writer commands;

  private WorkerProcess(Process process) {
    this.process = process;
    this.frames = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
  }

  static WorkerProcess start() throws IOException {
    List<String> command = new ArrayList<>();
    boolean unix = File.separatorChar == '/';
    if (unix) {
      // A terminal's Ctrl-C goes to all programs in it. When workers end is for this one to say.
      command.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$0\" \"$@\""));
    }
    command.add(Jdk.java());
    command.addAll(LoadJvm.flags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
    File nowhere = new File(unix ? "/dev/null" : "NUL");
    return new WorkerProcess(new ProcessBuilder(command).redirectError(nowhere).start());
  }

  @Override
  public BufferedReader frames() {
    return frames;
  }

  @Override
  public Writer commands() {
    return commands;
  }

  @Override
  public String ending() {
    try {
      return process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)
          ? "exit code " + process.exitValue()
          : "it hangs";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  long pid() {
    return process.pid();
  }

  void end() {
    process.destroyForcibly();
  }
}

package dev.mlops.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.platform.Jobs;
import dev.mlops.process.Tie;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One copy of a job.
 *
 * @param port on which it may offer files
 * @param folder of its own
 */
record JobProcess(int copy, Process process, int port, Path folder) {

  static JobProcess start(Launch launch, Jobs.Spec job, int copy, Path folder) throws IOException {
    Files.createDirectories(folder);
    int port = FreePort.find();
    Map<String, String> environment = launch.environment(0);
    // Not one of the service's: whoever ends those must not end this one.
    environment.remove(Launch.MARKER);
    environment.put(Jobs.INDEX, String.valueOf(copy));
    environment.put(Jobs.FOLDER, folder.toString());
    environment.put(Jobs.PORT, String.valueOf(port));
    List<String> command = new ArrayList<>(launch.command());
    job.arguments().forEach(argument -> command.add(expanded(argument, environment)));
    var builder = new ProcessBuilder(Tie.to(command));
    builder.directory(launch.directory().toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new JobProcess(copy, builder.start(), port, folder);
  }

  /** Hands over each line until the output ends. */
  void read(Consumer<Jobs.Line> sink) {
    try (var lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        sink.accept(new Jobs.Line(copy, line));
      }
    } catch (IOException e) {
      // The pipe broke with its process: what came before is kept.
    }
  }

  private static String expanded(String argument, Map<String, String> variables) {
    String text = argument;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      text = text.replace("$(" + variable.getKey() + ")", variable.getValue());
    }
    return text;
  }
}

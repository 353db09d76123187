package dev.mlops.ci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the commands of a run have answered: their JSON, by the name of the file that the workflow
 * put it into, such as {@code train}.
 */
public record Reports(Map<String, JsonNode> answers) {
  /** The folder that the workflows write to, wherever below what was downloaded it lies. */
  private static final String FOLDER = "ci";

  private static final String ENDING = ".json";

  public Reports {
    answers = Map.copyOf(answers);
  }

  /** Everything in the folders {@code ci} below this one; none is an empty map. */
  public static Reports in(Path folder) {
    Map<String, JsonNode> answers = new TreeMap<>();
    for (Path file : files(folder)) {
      String name = file.getFileName().toString();
      answers.putIfAbsent(name.substring(0, name.length() - ENDING.length()), read(file));
    }
    return new Reports(answers);
  }

  JsonNode of(String command) {
    return answers.getOrDefault(command, MissingNode.getInstance());
  }

  boolean has(String command) {
    return of(command).isObject();
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(file -> file.toString().endsWith(ENDING))
          .filter(file -> file.toAbsolutePath().getParent().endsWith(FOLDER))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw DiskFaults.reading(folder, e);
    }
  }

  /** A command that was killed leaves an empty or a torn file behind. */
  private static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}

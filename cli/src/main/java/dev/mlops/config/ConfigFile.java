package dev.mlops.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.problem.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds and reads YAML files of the user's. */
public final class ConfigFile {
  public static final String NAME = "mlops.yaml";
  static final long MAX_BYTES = 1024 * 1024;

  private ConfigFile() {}

  /**
   * The nearest {@code mlops.yaml}, from the folder upwards.
   *
   * @return absolute
   * @throws dev.mlops.problem.MlopsException if there is none
   */
  static Path find(ConfigSource source) {
    Path folder = source.folder().toAbsolutePath().normalize();
    if (source.file().isPresent()) {
      return named(folder.resolve(source.file().get()).normalize());
    }
    return Stream.<Path>iterate(folder, at -> at != null, Path::getParent)
        .map(at -> at.resolve(NAME))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(() ->
            Code.CONFIG_MISSING.problem(
                "There is no " + NAME + " in " + folder + " or above it", "", "mlops init"));
  }

  /**
   * Reads a file as text.
   *
   * @param label the file's name for people
   * @return absent if a complaint says why it can't be read
   */
  public static Optional<String> read(Path file, String label, Complaints complaints) {
    Origin at = new Origin.InFile(label, 1, 1, Optional.empty());
    try {
      long bytes = Files.size(file);
      if (bytes > MAX_BYTES) {
        complaints.add(at, "", "the file has " + bytes + " bytes; at most 1 MiB is read");
        return Optional.empty();
      }
      return decode(Files.readAllBytes(file), label, complaints);
    } catch (IOException e) {
      complaints.add(at, "", "can't be read: " + e);
      return Optional.empty();
    }
  }

  private static Optional<String> decode(byte[] bytes, String label, Complaints complaints) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      return Optional.of(withoutMark(UTF_8.newDecoder().decode(in).toString()));
    } catch (CharacterCodingException e) {
      String before = new String(bytes, 0, in.position(), UTF_8);
      int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
      int column = before.length() - before.lastIndexOf('\n');
      complaints.add(
          new Origin.InFile(label, line, column, Optional.empty()),
          "",
          "this is not UTF-8; save the file in that encoding");
      return Optional.empty();
    }
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static Path named(Path file) {
    if (!Files.isRegularFile(file)) {
      throw Code.CONFIG_MISSING.problem(
          "There is no file " + file, "", "Name another one with --config, or run: mlops init");
    }
    return file;
  }
}

package dev.mlops.config;

import dev.mlops.config.YamlNode.Kind;
import dev.mlops.config.YamlNode.Mapping;
import dev.mlops.config.YamlNode.Scalar;
import dev.mlops.config.YamlReader.Where;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads one YAML document into {@link YamlNode}s, or says in the complaints why it can't be read.
 */
public final class YamlTree {
  private YamlTree() {}

  /**
   * Reads a whole file's text.
   *
   * @param file its name for people
   * @return the document's mapping; absent if the complaints say why
   */
  public static Optional<Mapping> readMapping(String yaml, String file, Complaints complaints) {
    return readMapping(yaml, file, complaints, Optional.empty());
  }

  /** The same for files of programs that know anchors: an alias stands for what it names. */
  public static Optional<Mapping> readMappingWithAnchors(
      String yaml, String file, Complaints complaints) {
    return readMapping(yaml, file, complaints, Optional.of(new Anchors()));
  }

  private static Optional<Mapping> readMapping(
      String yaml, String file, Complaints complaints, Optional<Anchors> anchors) {
    Where where = (line, column) -> new Origin.InFile(file, line, column, Optional.empty());
    return read(yaml, where, complaints, anchors)
        .flatMap(root -> {
          if (root instanceof Mapping mapping) {
            return Optional.of(mapping);
          }
          complaints.add(
              root.at(),
              "",
              isNull(root)
                  ? "the file is empty"
                  : "expected keys with values, got " + root.describe());
          return Optional.empty();
        });
  }

  /** Reads a value as it stands in a flag or a variable, such as {@code 5} or {@code [a, b]}. */
  static Optional<YamlNode> readValue(String text, Origin origin, Complaints complaints) {
    return read(text, (_, _) -> origin, complaints, Optional.empty());
  }

  static boolean isNull(YamlNode node) {
    return node instanceof Scalar(Origin _, String _, Kind kind) && kind == Kind.NULL;
  }

  private static Optional<YamlNode> read(
      String yaml, Where where, Complaints complaints, Optional<Anchors> anchors) {
    try {
      return Optional.of(new YamlReader(yaml, where, complaints, anchors).document());
    } catch (YamlReader.Refused e) {
      complaints.add(e.at(), "", e.getMessage());
    } catch (MarkedYAMLException e) {
      complaints.add(where.at(e.getProblemMark()), "", "not valid YAML: " + inPlainWords(e));
    } catch (ReaderException e) {
      long line = yaml.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count() + 1;
      complaints.add(
          where.at((int) line, 1),
          "",
          "the character U+%04X may not stand in YAML".formatted(e.getCodePoint()));
    }
    return Optional.empty();
  }

  private static String inPlainWords(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    return problem.contains("TAB")
        ? "a tab stands where only spaces may; indent with spaces"
        : problem;
  }
}

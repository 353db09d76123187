package dev.mlops.scaffold;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A project before it is written.
 *
 * @param folder absolute
 * @param files by their path in the folder, with slashes
 * @param facts what was decided, for the user
 */
public record ProjectDraft(Path folder, Map<String, Content> files, List<Fact> facts) {
  /** What shall stand in a file. */
  public sealed interface Content {
    /** A text, which replaces another one only if that is allowed. */
    record Text(String text) implements Content {}

    /** A text that is the tool's own: an older one is replaced without asking. */
    record Generated(String text) implements Content {}

    /** The bytes of another file. */
    record CopyOf(Path source) implements Content {}
  }

  /**
   * @param source where the value comes from, such as "--target" or "3 different values"
   */
  public record Fact(String name, String value, String source) {}

  public ProjectDraft {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    facts = List.copyOf(facts);
  }

  public Path path(String file) {
    return folder.resolve(file);
  }

  /** The id of the step that writes a file. */
  public static String step(String file) {
    return "write-" + file.replaceAll("[^A-Za-z0-9]+", "-").replaceFirst("^-", "");
  }
}

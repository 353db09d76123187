package dev.mlops.config;

import java.util.Comparator;
import java.util.Optional;

/** Where a value comes from; the weakest first. */
public sealed interface Origin {
  /** Nobody set it. */
  record Default() implements Origin {}

  /**
   * @param line counted from 1
   * @param column counted from 1, in characters
   * @param environment whose part of the file it stands in, if any
   */
  record InFile(String file, int line, int column, Optional<String> environment)
      implements Origin {}

  /** An environment variable of the process. */
  record Variable(String name) implements Origin {}

  /** An option of the command line, as it was typed. */
  record Flag(String text) implements Origin {}

  /** For people, such as {@code mlops.yaml:12:5}. */
  default String label() {
    return switch (this) {
      case Default _ -> "default";
      case InFile(String file, int line, int column, Optional<String> _) ->
          file + ":" + line + ":" + column;
      case Variable(String name) -> name;
      case Flag(String text) -> text;
    };
  }

  /** The same with the environment, such as {@code mlops.yaml:30:11 (environment prod)}. */
  default String describe() {
    return switch (this) {
      case InFile(String _, int _, int _, Optional<String> environment) ->
          label() + environment.map(name -> " (environment " + name + ")").orElse("");
      case Default _, Variable _, Flag _ -> label();
    };
  }

  /** Files first, by name and place; then variables, then flags. */
  static Comparator<Origin> order() {
    return Comparator.comparingInt(Origin::rank).thenComparing(Origin::sortKey);
  }

  private String sortKey() {
    return switch (this) {
      case InFile(String file, int line, int column, Optional<String> _) ->
          "%s:%08d:%08d".formatted(file, line, column);
      case Default _, Variable _, Flag _ -> label();
    };
  }

  private int rank() {
    return switch (this) {
      case Default _ -> 0;
      case InFile _ -> 1;
      case Variable _ -> 2;
      case Flag _ -> 3;
    };
  }
}

package dev.mlops.ci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template that is a valid file as it stands. What is not for every project stands between the
 * comments {@code # if FACT} and {@code # end}.
 */
record WorkflowTemplate(String text) {
  private static final Pattern MARK = Pattern.compile("\\s*# (?:if ([a-z-]+)|end)");

  static WorkflowTemplate read(String name) {
    try (InputStream in = WorkflowTemplate.class.getResourceAsStream("/templates/ci/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no template ci/" + name);
      }
      return new WorkflowTemplate(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without the marks, and without what is for other projects. */
  WorkflowTemplate with(Set<String> facts) {
    List<String> kept = new ArrayList<>();
    Deque<Boolean> open = new ArrayDeque<>();
    for (String line : text.lines().toList()) {
      Matcher mark = MARK.matcher(line);
      if (!mark.matches()) {
        if (!open.contains(false)) {
          kept.add(line);
        }
      } else if (mark.group(1) == null) {
        open.pop();
      } else {
        open.push(facts.contains(mark.group(1)));
      }
    }
    // What is left out may leave two empty lines behind, or one at the end.
    String joined = String.join("\n", kept).replaceAll("\n{3,}", "\n\n").stripTrailing();
    return new WorkflowTemplate(joined + "\n");
  }

  /**
   * With another text wherever the example's stands.
   *
   * @throws IllegalStateException if it stands nowhere: the template has changed
   */
  WorkflowTemplate replacing(String example, String own) {
    if (!text.contains(example)) {
      throw new IllegalStateException("the template has no " + example);
    }
    return new WorkflowTemplate(text.replace(example, own));
  }
}

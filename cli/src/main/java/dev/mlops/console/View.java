package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A command's answer, in the three forms that a user can ask for. */
public interface View {
  /** For people. */
  void text(Text text);

  /** The one value that a script wants ({@code -q}); empty if there is none. */
  String essential();

  /** One JSON object; its names are promised in docs/reference/json.md. */
  ObjectNode json();
}

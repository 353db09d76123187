package dev.mlops.config;

import dev.mlops.config.YamlNode.Entry;
import dev.mlops.config.YamlNode.Items;
import dev.mlops.config.YamlNode.Kind;
import dev.mlops.config.YamlNode.Mapping;
import dev.mlops.config.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads one YAML document into {@link YamlNode}s. Plain data only: tags are refused, and anchors
 * where nobody asks for them; what aliases repeat is bounded. So a small file can't become a large
 * tree.
 */
public final class YamlTree {
  private static final int MAX_DEPTH = 50;
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
  private static final Pattern NULL = Pattern.compile("null|Null|NULL|~|");

  private final Parser parser;
  private final Where where;
  private final Complaints complaints;
  private final Optional<Anchors> anchors;

  /** Makes an origin of a place in the text. */
  @FunctionalInterface
  private interface Where {
    Origin at(int line, int column);
  }

  private YamlTree(String yaml, Where where, Complaints complaints, Optional<Anchors> anchors) {
    this.anchors = anchors;
    this.parser = new ParserImpl(new StreamReader(yaml), new LoaderOptions());
    this.where = where;
    this.complaints = complaints;
  }

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
      return new YamlTree(yaml, where, complaints, anchors).document();
    } catch (Refused e) {
      complaints.add(e.at, "", e.getMessage());
    } catch (MarkedYAMLException e) {
      complaints.add(at(where, e.getProblemMark()), "", "not valid YAML: " + inPlainWords(e));
    } catch (ReaderException e) {
      long line = yaml.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count() + 1;
      complaints.add(
          where.at((int) line, 1),
          "",
          "the character U+%04X may not stand in YAML".formatted(e.getCodePoint()));
    }
    return Optional.empty();
  }

  private Optional<YamlNode> document() {
    parser.getEvent(); // start of the stream
    Optional<YamlNode> root = Optional.empty();
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      parser.getEvent(); // start of the document
      root = Optional.of(node("", 0));
      parser.getEvent(); // its end
    }
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      throw new Refused(
          at(parser.peekEvent()), "a second document starts here; write one document only");
    }
    return root.or(() -> Optional.of(new Scalar(where.at(1, 1), "", Kind.NULL)));
  }

  private YamlNode node(String path, int depth) {
    Event event = parser.getEvent();
    if (depth > MAX_DEPTH) {
      throw new Refused(at(event), "nested more than " + MAX_DEPTH + " levels deep");
    }
    if (anchors.isEmpty()) {
      refuseReferences(event);
    }
    YamlNode node =
        switch (event.getEventId()) {
          case Alias -> repeated((AliasEvent) event);
          case Scalar -> scalar((ScalarEvent) event);
          case SequenceStart -> items(at(event), path, depth);
          case MappingStart -> mapping(at(event), path, depth);
          default -> throw new Refused(at(event), "not expected here: " + event.getEventId());
        };
    if (event instanceof NodeEvent anchored
        && anchored.getAnchor() != null
        && event.getEventId() != Event.ID.Alias) {
      anchors.ifPresent(known -> known.name(anchored.getAnchor(), node));
    }
    return node;
  }

  private YamlNode repeated(AliasEvent alias) {
    Anchors known = anchors.orElseThrow();
    YamlNode node =
        known
            .repeat(alias.getAnchor())
            .orElseThrow(() ->
                new Refused(at(alias), "no anchor '&" + alias.getAnchor() + "' stands before"));
    if (known.haveRepeatedTooMuch()) {
      throw new Refused(at(alias), "aliases make this file too large");
    }
    return node;
  }

  private Scalar scalar(ScalarEvent event) {
    if (event.getTag() != null && !"!".equals(event.getTag())) {
      throw new Refused(at(event), "tags such as " + event.getTag() + " are not supported");
    }
    Kind kind = event.isPlain() ? kind(event.getValue()) : Kind.TEXT;
    return new Scalar(at(event), event.getValue(), kind);
  }

  private Items items(Origin start, String path, int depth) {
    List<YamlNode> values = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      values.add(node(path + "[" + values.size() + "]", depth + 1));
    }
    parser.getEvent();
    return new Items(start, values);
  }

  private Mapping mapping(Origin start, String path, int depth) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      YamlNode key = node(path, depth + 1);
      if (!(key instanceof Scalar(Origin keyAt, String name, Kind _))) {
        throw new Refused(key.at(), "a key has to be text, not " + key.describe());
      }
      String keyPath = path.isEmpty() ? name : path + "." + name;
      Entry before = entries.put(name, new Entry(keyAt, node(keyPath, depth + 1)));
      if (before != null) {
        complaints.add(
            keyAt, keyPath, "stands here a second time; the first is at " + before.keyAt().label());
      }
    }
    parser.getEvent();
    return new Mapping(start, entries);
  }

  private void refuseReferences(Event event) {
    boolean alias = event.getEventId() == Event.ID.Alias;
    if (alias || (event instanceof NodeEvent node && node.getAnchor() != null)) {
      throw new Refused(
          at(event), "anchors (&) and aliases (*) are not supported; write the value out");
    }
  }

  private static Kind kind(String plain) {
    if (NULL.matcher(plain).matches()) {
      return Kind.NULL;
    }
    if (BOOLEAN.matcher(plain).matches()) {
      return Kind.BOOLEAN;
    }
    return NUMBER.matcher(plain).matches() ? Kind.NUMBER : Kind.TEXT;
  }

  private static String inPlainWords(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    return problem.contains("TAB")
        ? "a tab stands where only spaces may; indent with spaces"
        : problem;
  }

  private Origin at(Event event) {
    return at(where, event.getStartMark());
  }

  private static Origin at(Where where, Mark mark) {
    return mark == null ? where.at(1, 1) : where.at(mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** Ends the reading: what follows can't be understood. */
  private static final class Refused extends RuntimeException {
    private final transient Origin at;

    Refused(Origin at, String message) {
      super(message);
      this.at = at;
    }
  }
}

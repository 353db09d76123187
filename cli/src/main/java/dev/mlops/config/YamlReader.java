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
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Makes nodes of the events of one document. Plain data only: tags are refused, and anchors where
 * nobody asks for them; what aliases repeat is bounded. So a small file can't become a large tree.
 */
final class YamlReader {
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
  interface Where {
    Origin at(int line, int column);

    default Origin at(Mark mark) {
      return mark == null ? at(1, 1) : at(mark.getLine() + 1, mark.getColumn() + 1);
    }
  }

  /**
   * @param complaints takes what is wrong but does not end the reading
   * @param anchors where they may be used
   */
  YamlReader(String yaml, Where where, Complaints complaints, Optional<Anchors> anchors) {
    this.anchors = anchors;
    this.parser = new ParserImpl(new StreamReader(yaml), new LoaderOptions());
    this.where = where;
    this.complaints = complaints;
  }

  /**
   * The document; nothing at all is a null.
   *
   * @throws Refused where it is more than plain data
   * @throws org.yaml.snakeyaml.error.YAMLException where it is not YAML
   */
  YamlNode document() {
    parser.getEvent(); // start of the stream
    YamlNode root = new Scalar(where.at(1, 1), "", Kind.NULL);
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      parser.getEvent(); // start of the document
      root = node("", 0);
      parser.getEvent(); // its end
    }
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      throw new Refused(
          at(parser.peekEvent()), "a second document starts here; write one document only");
    }
    return root;
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

  private Origin at(Event event) {
    return where.at(event.getStartMark());
  }

  /** Ends the reading: what follows can't be understood. */
  static final class Refused extends RuntimeException {
    private final transient Origin at;

    private Refused(Origin at, String message) {
      super(message);
      this.at = at;
    }

    Origin at() {
      return at;
    }
  }
}

package dev.mlops.lifecycle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Ownership.Looked;
import dev.mlops.platform.Ownership.Owned;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a removal looked for, what it found, and what is left.
 *
 * @param before every kind, as it was
 * @param after every kind, looked at again once all was removed
 * @param priceBasis whose prices, and of when, or why there are none; empty where nothing costs
 */
public record Receipt(
    String environment,
    String target,
    Instant at,
    List<Looked> before,
    List<Looked> after,
    String priceBasis) {
  public Receipt {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  public List<Owned> removed() {
    return before.stream().flatMap(looked -> looked.found().stream()).toList();
  }

  public List<Owned> kept() {
    return after.stream().flatMap(looked -> looked.kept().stream()).toList();
  }

  public List<Owned> left() {
    return after.stream().flatMap(looked -> looked.found().stream()).toList();
  }

  /** Kinds that could not be looked at: of them nothing is said. */
  public List<Looked> unseen() {
    return after.stream().filter(looked -> !looked.isSeen()).toList();
  }

  /** List price of what stays, a month; empty where that of something is not known. */
  public Optional<BigDecimal> monthly() {
    return Looked.sum(after.stream().map(Looked::monthly));
  }

  /**
   * @return the file
   * @throws dev.mlops.problem.MlopsException if it can't be written
   */
  public Path write(Project project) {
    String name = ReportName.of("destroy-" + environment, at) + ".json";
    Path file = project.reports().resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, json().toPrettyString() + "\n");
      return file;
    } catch (IOException e) {
      throw DiskFaults.writing(file, e);
    }
  }

  public ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("environment", environment)
            .put("target", target)
            .put("at", at.toString())
            .put("priceBasis", priceBasis)
            .put("monthly", monthly().orElse(null))
            .put("complete", unseen().isEmpty());
    ArrayNode kinds = json.putArray("lookedFor");
    for (Looked now : after) {
      ObjectNode kind = kinds.addObject().put("kind", now.kind());
      put(kind.putArray("found"), foundBefore(now.kind()));
      put(kind.putArray("left"), now.found());
      put(kind.putArray("kept"), now.kept());
      kind.put("monthly", now.monthly().orElse(null));
      kind.put("notLookedAt", now.isSeen() ? null : now.unseen());
    }
    return json;
  }

  private List<Owned> foundBefore(String kind) {
    return before.stream()
        .filter(looked -> looked.kind().equals(kind))
        .flatMap(looked -> looked.found().stream())
        .toList();
  }

  private static void put(ArrayNode array, List<Owned> things) {
    for (Owned thing : things) {
      array.addObject().put("name", thing.name()).put("detail", thing.detail());
    }
  }
}

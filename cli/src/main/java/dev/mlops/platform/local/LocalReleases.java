package dev.mlops.platform.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Releases;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The releases that came up last, in one file, the newest first. */
record LocalReleases(LocalFolder folder) implements Releases {
  private static final int KEPT = 10;

  @Override
  public List<Revision> list() {
    List<Entry> entries = read();
    List<Revision> revisions = new ArrayList<>();
    for (Entry entry : entries) {
      boolean current = revisions.isEmpty();
      // An image that has been cleared away can't be gone back to.
      if (current || new LocalImages(folder).has(entry.desired().release().image())) {
        revisions.add(entry.revision(current ? State.CURRENT : State.GOOD));
      }
    }
    return revisions;
  }

  /** Notes what has come up, unless it is what ran before. */
  void add(Desired desired, Instant since) {
    List<Entry> entries = new ArrayList<>(read());
    if (!entries.isEmpty() && entries.getFirst().desired().equals(desired)) {
      return;
    }
    int number = entries.isEmpty() ? 1 : entries.getFirst().number() + 1;
    entries.addFirst(new Entry(number, since, desired));
    ObjectNode json = Json.MAPPER.createObjectNode();
    var all = json.putArray("releases");
    entries.stream().limit(KEPT).map(Entry::toJson).forEach(all::add);
    AtomicFile.write(folder.releases(), Json.bytes(json));
  }

  private List<Entry> read() {
    Path file = folder.releases();
    try {
      List<Entry> entries = new ArrayList<>();
      JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(file));
      json.path("releases").forEach(entry -> entries.add(Entry.of(entry)));
      return entries;
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | RuntimeException e) {
      throw DiskFaults.damaged(file, e);
    }
  }

  private record Entry(int number, Instant since, Desired desired) {
    Revision revision(State state) {
      return new Revision(
          number, desired.release(), Optional.of(since), "", state, Optional.of(desired));
    }

    ObjectNode toJson() {
      ObjectNode json = Json.MAPPER.createObjectNode();
      json.put("number", number).put("since", since.toString());
      json.set("desired", Json.of(desired));
      return json;
    }

    static Entry of(JsonNode json) {
      return new Entry(
          json.path("number").asInt(),
          Instant.parse(json.path("since").asText()),
          Json.desired(json.path("desired")));
    }
  }
}

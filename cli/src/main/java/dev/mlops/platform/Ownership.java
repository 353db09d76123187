package dev.mlops.platform;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of a project and environment the tool has made, and its removal. */
public interface Ownership {
  /**
   * One thing that the tool made.
   *
   * @param kind such as "process", "folder", "Deployment"
   * @param name what a person would look for
   * @param detail size, age or address; may be empty
   */
  record Owned(String kind, String name, String detail) {}

  /**
   * One kind of thing that was looked for, whether there is any or not.
   *
   * @param found what of ours is there
   * @param kept what stays, because it is not ours or something that is not hangs on it
   * @param monthly list price of both, US dollars a month; 0 where it is free, empty where no price
   *     is known
   * @param unseen why it could not be looked at, and may be there all the same; empty if it was
   */
  record Looked(
      String kind,
      List<Owned> found,
      List<Owned> kept,
      Optional<BigDecimal> monthly,
      String unseen) {
    public static final Optional<BigDecimal> FREE = Optional.of(BigDecimal.ZERO);

    public Looked {
      found = List.copyOf(found);
      kept = List.copyOf(kept);
    }

    public Looked(String kind, List<Owned> found, List<Owned> kept, Optional<BigDecimal> monthly) {
      this(kind, found, kept, monthly, "");
    }

    public static Looked nothing(String kind) {
      return new Looked(kind, List.of(), List.of(), FREE);
    }

    /** Of which nobody can say whether there is any. */
    public static Looked unseen(String kind, String why) {
      return new Looked(kind, List.of(), List.of(), FREE, why);
    }

    /** Empty if one of them is not known. */
    public static Optional<BigDecimal> sum(Stream<Optional<BigDecimal>> amounts) {
      return amounts.reduce(FREE, (sum, next) -> sum.flatMap(so -> next.map(so::add)));
    }

    public boolean isSeen() {
      return unseen.isEmpty();
    }
  }

  /** Every kind that is looked for, afresh: what a receipt is made of. */
  default List<Looked> survey() throws InterruptedException {
    Map<String, List<Owned>> found = byKind(owned());
    Map<String, List<Owned>> kept = byKind(kept());
    var kinds = new TreeSet<>(found.keySet());
    kinds.addAll(kept.keySet());
    return kinds.stream()
        .map(kind ->
            new Looked(
                kind,
                found.getOrDefault(kind, List.of()),
                kept.getOrDefault(kind, List.of()),
                Looked.FREE))
        .toList();
  }

  private static Map<String, List<Owned>> byKind(List<Owned> things) {
    return things.stream().collect(Collectors.groupingBy(Owned::kind));
  }

  /** Whose prices a survey gives, and of when, or why it gives none; empty where nothing costs. */
  default String priceBasis() {
    return "";
  }

  /** Everything of ours that is there, looked up afresh; empty when nothing is left. */
  List<Owned> owned();

  /** What of ours stays, because something that the tool did not make hangs on it. */
  default List<Owned> kept() {
    return List.of();
  }

  /**
   * The project's environments of which something is there, whatever the config says of them; may
   * leave some out where they can't be listed.
   */
  default List<String> environments() {
    return List.of();
  }

  /** What of {@link #kept} only stays because something that goes on needs it. */
  default List<Owned> inUse() {
    return List.of();
  }

  /** The same, where {@link #inUse} is removed too. */
  default Ownership withInUse() {
    return this;
  }

  /** Removes all of {@link #owned}; returns when it is gone. May be repeated after any failure. */
  void remove(Consumer<String> progress) throws InterruptedException;
}

package dev.mlops.platform.gcp;

import dev.mlops.platform.Ownership.Looked;
import java.util.List;
import java.util.function.Consumer;

/** One kind of thing, or several that hang together, that `destroy` looks for and removes. */
interface Holding {
  /** For people, such as "cluster"; those that {@link #look} tells of. */
  List<String> kinds();

  /** What of ours there is, afresh; reads only. */
  List<Looked> look() throws InterruptedException;

  /** Whether what comes after it may go even where this may not be looked at. */
  default boolean isApart() {
    return false;
  }

  /** Removes all of it that is ours; returns when it is gone. May be repeated at will. */
  void remove(Consumer<String> progress) throws InterruptedException;
}

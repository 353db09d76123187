package dev.mlops.loadtest;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Workers that were started together: processes of this machine, or pods of a cluster. */
public interface Crew extends AutoCloseable {
  /** Starts as many {@link Worker}s as are wanted, somewhere. */
  interface Start {
    /**
     * Returns once all of them read and write; if it throws, none is left.
     *
     * @param longest after which none may still run, whatever becomes of us
     * @param progress what is waited for, for people
     */
    Crew start(int count, Duration longest, Consumer<String> progress)
        throws IOException, InterruptedException;

    /** Where they reach an endpoint of this environment best. */
    default URI nearby(URI endpoint) {
      return endpoint;
    }
  }

  List<WorkerLink> workers();

  /** Ends all of them at once, and whatever was made for them. */
  @Override
  void close();
}

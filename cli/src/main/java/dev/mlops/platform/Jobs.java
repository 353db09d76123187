package dev.mlops.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Runs images that end, once or in several copies side by side, and takes in what they say and
 * make. Each copy has the variables of the image, those of the job, and the three that are named
 * here; {@code $(NAME)} in an argument is a variable's value, as Kubernetes has it.
 */
public interface Jobs {
  /** Which of the copies this is, from 0 on. */
  String INDEX = "JOB_COMPLETION_INDEX";

  /** An empty folder of the copy's own. */
  String FOLDER = "JOB_FOLDER";

  /** Where a copy may offer files by HTTP, or listen, on its loopback address. */
  String PORT = "RESULT_PORT";

  /**
   * @param name equal for equal inputs, so that one that was left behind is picked up
   * @param image that the platform has
   * @param arguments after the image's entrypoint
   * @param apart whether the others go on when one copy fails; it is never started again
   * @param runsAs whom the copies are, where the platform has such: the name of a ServiceAccount
   */
  record Spec(
      String name,
      Digest image,
      List<String> arguments,
      Map<String, String> environment,
      int copies,
      boolean apart,
      Room room,
      Optional<String> runsAs) {
    public Spec(
        String name,
        Digest image,
        List<String> arguments,
        Map<String, String> environment,
        int copies,
        boolean apart,
        Room room) {
      this(name, image, arguments, environment, copies, apart, room, Optional.empty());
    }

    public Spec {
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
    }

    /** Copies that succeed or fail together. */
    public Spec(
        String name,
        Digest image,
        List<String> arguments,
        Map<String, String> environment,
        int copies,
        Room room) {
      this(name, image, arguments, environment, copies, false, room);
    }
  }

  /**
   * What each copy gets of a cluster.
   *
   * @param requests Kubernetes quantities by resource
   * @param limits the same
   * @param longest after which it is ended
   */
  record Room(
      Map<String, String> requests,
      Map<String, String> limits,
      Optional<Volume> volume,
      Duration longest) {
    public Room {
      // In one order, since the text of it is part of what makes two jobs the same.
      requests = Collections.unmodifiableMap(new TreeMap<>(requests));
      limits = Collections.unmodifiableMap(new TreeMap<>(limits));
    }
  }

  /**
   * A persistent volume, to read.
   *
   * @param claim its PersistentVolumeClaim
   * @param path where the copies see it
   */
  record Volume(String claim, String path) {}

  /**
   * @param text as the copy wrote it, without its line end
   */
  record Line(int copy, String text) {}

  /** To a copy and back, as long as both ends stand. */
  interface Channel extends AutoCloseable {
    InputStream in();

    OutputStream out();

    @Override
    void close();
  }

  /** A job that has been started. */
  interface Running extends AutoCloseable {
    /**
     * Hands over every line from the first on, one at a time. Returns when all copies have ended
     * well, or as soon as {@code goOn} says that it has heard enough; what it throws comes through.
     *
     * @throws dev.mlops.problem.MlopsException with the cause, as soon as a copy has failed or it
     *     is plain that one can't start
     */
    void follow(Predicate<Line> goOn) throws InterruptedException;

    /**
     * Copies a file that a copy offers.
     *
     * @param name such as {@code model.pb}
     * @throws dev.mlops.problem.MlopsException if it does not arrive whole
     */
    void fetch(int copy, String name, Path into) throws InterruptedException;

    /**
     * Connects to the port of a copy that listens, by a way that no network policy stands in.
     *
     * @param patience how long a read may take before it fails
     * @throws IOException if it does not listen
     */
    Channel connect(int copy, Duration patience) throws IOException;

    /** How a copy has ended, such as {@code exit code 137}; that it runs if it does. */
    String ending(int copy) throws InterruptedException;

    /** Removes it, wherever it stands, and returns when it is gone. */
    @Override
    void close();
  }

  /**
   * The service's endpoint as jobs of this platform reach it best.
   *
   * @param endpoint where this machine reaches it
   */
  default URI nearby(URI endpoint) {
    return endpoint;
  }

  /** Starts a job, or picks up the one of that name which is under way. */
  Running start(Spec job, Consumer<String> progress) throws InterruptedException;
}

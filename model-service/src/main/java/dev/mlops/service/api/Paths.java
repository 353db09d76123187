package dev.mlops.service.api;

import dev.mlops.service.predict.Identity;
import java.util.Optional;
import java.util.Set;

/**
 * Where the service answers what, as far as that can be chosen.
 *
 * @param liveness path of the check that the process lives
 * @param readiness path of the check that the model is ready
 * @param vertex what Vertex AI wants to call the service by
 */
public record Paths(String liveness, String readiness, Vertex vertex) {
  static final String PREDICT = "/predict";
  static final String METRICS = "/metrics";
  static final String DRIFT = "/drift";
  static final String OPENAPI = "/openapi.json";
  static final String PAGE = "/";
  static final String STYLE = "/page.css";
  static final String SCRIPT = "/page.js";
  static final String PING = "/ping";
  static final String INVOCATIONS = "/invocations";
  static final String V1 = "/v1/models";
  static final String V2 = "/v2";

  private static final Set<String> FIXED =
      Set.of(PREDICT, METRICS, DRIFT, OPENAPI, PAGE, INVOCATIONS, STYLE, SCRIPT);

  /** Absent where it does not run there. */
  public record Vertex(Optional<String> health, Optional<String> predict) {}

  /** The guide's, outside of Vertex AI. */
  public static Paths usual() {
    return new Paths("/live_check", "/ready_check", new Vertex(Optional.empty(), Optional.empty()));
  }

  /** Whether a check may not be at a path, because something else is. */
  public static boolean isTaken(String path) {
    return FIXED.contains(path) || isBelow(V1, path) || isBelow(V2, path);
  }

  /**
   * Whether Vertex AI's predictions may not be at a path: they may take another dialect's place.
   */
  public static boolean isTakenFromPredictions(String path) {
    boolean predicts = path.equals(PREDICT) || path.equals(INVOCATIONS) || isBelow(V1, path);
    return isTaken(path) && !predicts;
  }

  private static boolean isBelow(String above, String path) {
    return path.equals(above) || path.startsWith(above + "/");
  }

  /** The model, in KServe's V1 protocol. */
  static String v1(Identity identity) {
    return V1 + "/" + identity.name();
  }

  /** The model, in the Open Inference Protocol. */
  static String v2(Identity identity) {
    return V2 + "/models/" + identity.name();
  }

  static String version(Identity identity) {
    return v2(identity) + "/versions/" + identity.version();
  }
}

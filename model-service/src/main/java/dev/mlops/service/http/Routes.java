package dev.mlops.service.http;

import java.util.EnumMap;
import java.util.Map;

/** The paths of the service. */
final class Routes {
  static final String PREDICT = "/predict";
  static final String METRICS = "/metrics";

  private final Map<String, Route> byPath;
  private final Map<Route, String> labels = new EnumMap<>(Route.class);

  Routes(String liveness, String readiness) {
    byPath =
        Map.of(
            PREDICT, Route.PREDICT,
            METRICS, Route.METRICS,
            liveness, Route.LIVE,
            readiness, Route.READY);
    byPath.forEach((path, route) -> labels.put(route, path));
    labels.put(Route.UNKNOWN, "other");
  }

  /**
   * @param target the request's: a path, perhaps with a query, or the whole address
   */
  Route of(String target) {
    Route route = byPath.get(target);
    return route != null ? route : byPath.getOrDefault(path(target), Route.UNKNOWN);
  }

  /** The path as metrics and logs name it; of a fixed number. */
  String label(Route route) {
    return labels.get(route);
  }

  private static String path(String target) {
    int from = 0;
    if (!target.startsWith("/")) {
      int authority = target.indexOf("://");
      from = authority < 0 ? 0 : Math.max(0, target.indexOf('/', authority + 3));
    }
    int query = target.indexOf('?', from);
    return target.substring(from, query < 0 ? target.length() : query);
  }
}

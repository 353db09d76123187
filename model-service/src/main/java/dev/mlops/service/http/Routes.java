package dev.mlops.service.http;

import java.util.List;

/** The paths of the service. */
final class Routes {
  private static final byte[] SCHEME_END = Ascii.bytes("://");

  private final List<Route> routes;
  private final List<Route> rests;
  private final Route nowhere;
  // A power of two, at most half full; a route stands at its path's hash or soon behind it.
  private final Route[] table;

  /**
   * @param nowhere for every other path
   */
  Routes(List<Route> routes, Route nowhere) {
    this.routes = List.copyOf(routes);
    rests = routes.stream().filter(Route::isRest).toList();
    List<Route> exact = routes.stream().filter(route -> !route.isRest()).toList();
    this.nowhere = nowhere;
    table = new Route[Integer.highestOneBit(Math.max(1, routes.size())) * 4];
    for (Route route : exact) {
      byte[] path = route.pathBytes();
      int slot = slot(path, 0, path.length);
      if (table[slot] != null) {
        throw new IllegalArgumentException("two routes for " + route.path());
      }
      table[slot] = route;
    }
  }

  List<Route> all() {
    return routes;
  }

  Route nowhere() {
    return nowhere;
  }

  /** Where a request's target leads: a path, perhaps with a query, or the whole address. */
  Route of(byte[] bytes, int from, int to) {
    int begin = begin(bytes, from, to);
    int end = end(bytes, begin, to);
    Route route = table[slot(bytes, begin, end)];
    return route == null ? rest(bytes, begin, end) : route;
  }

  /** The path of a request's target. */
  static String path(byte[] bytes, int from, int to) {
    int begin = begin(bytes, from, to);
    return Ascii.text(bytes, begin, end(bytes, begin, to));
  }

  private static int begin(byte[] bytes, int from, int to) {
    return bytes[from] == '/' ? from : behindHost(bytes, from, to);
  }

  private static int end(byte[] bytes, int begin, int to) {
    int end = begin;
    while (end < to && bytes[end] != '?') {
      end++;
    }
    return end;
  }

  private Route rest(byte[] bytes, int from, int to) {
    for (Route route : rests) {
      if (route.isAbove(bytes, from, to)) {
        return route;
      }
    }
    return nowhere;
  }

  /** The slot of the path, or the empty one where it would stand. */
  private int slot(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 16) & table.length - 1;
    while (table[slot] != null && !table[slot].isAt(bytes, from, to)) {
      slot = slot + 1 & table.length - 1;
    }
    return slot;
  }

  /** Where the path of a whole address begins; the target's own begin if it is none. */
  private static int behindHost(byte[] bytes, int from, int to) {
    int colon = from;
    while (colon < to && Ascii.isToken(bytes[colon])) {
      colon++;
    }
    int at = colon + SCHEME_END.length;
    if (at > to || !Ascii.equals(bytes, colon, at, SCHEME_END)) {
      return from;
    }
    while (at < to && bytes[at] != '/' && bytes[at] != '?') {
      at++;
    }
    return at;
  }
}

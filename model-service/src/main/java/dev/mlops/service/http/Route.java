package dev.mlops.service.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** A path of the service, what may be done there and who answers. */
public final class Route {
  private static final String REST = "/*";

  private final String path;
  private final byte[] pathBytes;
  private final Access access;
  private final boolean quiet;
  private final boolean plainFaults;
  private final Handler handler;
  private Meter meter;

  private enum Access {
    READ("GET, HEAD"),
    WRITE("POST"),
    ANY("");

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
    private final byte[] allow;

    Access(String allow) {
      this.allow = ("Allow: " + allow + "\r\n").getBytes(US_ASCII);
    }
  }

  private Route(String path, Access access, boolean quiet, boolean plainFaults, Handler handler) {
    this.path = path;
    this.pathBytes = path.getBytes(US_ASCII);
    this.access = access;
    this.quiet = quiet;
    this.plainFaults = plainFaults;
    this.handler = handler;
  }

  /** Answers GET and HEAD. */
  public static Route get(String path, Handler handler) {
    return new Route(path, Access.READ, false, false, handler);
  }

  /** As {@link #get}, asked by machines every few seconds: its failures are not worth a line. */
  public static Route health(String path, Handler handler) {
    return new Route(path, Access.READ, true, false, handler);
  }

  /** Answers POST. */
  public static Route post(String path, Handler handler) {
    return new Route(path, Access.WRITE, false, false, handler);
  }

  /** Answers whatever else lies below a path, under one name. */
  public static Route below(String path, Handler handler) {
    return new Route(path + REST, Access.ANY, false, false, handler);
  }

  /** The same, but that faults are told as one text: the form of other protocols than our own. */
  public Route withPlainFaults() {
    return new Route(path, access, quiet, true, handler);
  }

  /** Whatever leads nowhere, under one name. */
  static Route nowhere() {
    return new Route(
        "other", Access.ANY, false, false, (_, response) -> response.refuse(Fault.NOT_FOUND));
  }

  /** Whether it is a path that the service knows. */
  boolean leadsSomewhere() {
    return path.startsWith("/");
  }

  /** As metrics and logs name it, too; of a fixed number. */
  public String path() {
    return path;
  }

  byte[] pathBytes() {
    return pathBytes;
  }

  boolean isAt(byte[] bytes, int from, int to) {
    return Arrays.equals(bytes, from, to, pathBytes, 0, pathBytes.length);
  }

  /** Whether it is for all that lies below its path. */
  boolean isRest() {
    return path.endsWith(REST);
  }

  boolean isAbove(byte[] bytes, int from, int to) {
    int prefix = pathBytes.length - 1;
    return to - from >= prefix && Arrays.equals(bytes, from, from + prefix, pathBytes, 0, prefix);
  }

  boolean hasPlainFaults() {
    return plainFaults;
  }

  Handler handler() {
    return handler;
  }

  /** Gives it counters, if it has none yet. */
  void open(int loops) {
    if (meter == null) {
      meter = new Meter(loops);
    }
  }

  Meter meter() {
    return meter;
  }

  /** The Allow header, with its end. */
  byte[] allow() {
    return access.allow;
  }

  boolean allows(Verb verb) {
    return switch (access) {
      case READ -> verb == Verb.GET || verb == Verb.HEAD;
      case WRITE -> verb == Verb.POST;
      case ANY -> true;
    };
  }

  boolean isQuiet() {
    return quiet;
  }

  /** Whether a service at its limit refuses it: all but what is asked of a service in trouble. */
  boolean isWork() {
    return access == Access.WRITE;
  }
}

package dev.mlops.service.http;

import io.netty.handler.codec.http.HttpMethod;

/** The request method, as far as the service tells them apart. */
enum Verb {
  GET,
  HEAD,
  POST,
  PUT,
  PATCH,
  DELETE,
  OPTIONS,
  /** Any other word: clients may not make labels of their own. */
  OTHER;

  static final int COUNT = values().length;

  /** Its place among counters. */
  @SuppressWarnings("EnumOrdinal") // never leaves the process
  int index() {
    return ordinal();
  }

  static Verb of(HttpMethod method) {
    return switch (method.name()) {
      case "GET" -> GET;
      case "HEAD" -> HEAD;
      case "POST" -> POST;
      case "PUT" -> PUT;
      case "PATCH" -> PATCH;
      case "DELETE" -> DELETE;
      case "OPTIONS" -> OPTIONS;
      default -> OTHER;
    };
  }
}

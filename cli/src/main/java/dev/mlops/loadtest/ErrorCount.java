package dev.mlops.loadtest;

/**
 * Requests that failed in one way.
 *
 * @param kind such as "timeout" or "status 503"
 * @param example what the first of them looked like: the answer's beginning, or the error's text
 */
public record ErrorCount(String kind, long count, String example) {
  ErrorCount plus(ErrorCount other) {
    return new ErrorCount(kind, count + other.count, example.isEmpty() ? other.example : example);
  }
}

package dev.mlops.console;

/** What standard output carries; the names are what {@code --output} takes. */
public enum Format {
  text,
  json
}

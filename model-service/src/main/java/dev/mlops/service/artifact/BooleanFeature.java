package dev.mlops.service.artifact;

/** True or false; in a row, 1 or 0. */
public record BooleanFeature(String name, boolean missing) implements Feature {}

package dev.mlops.image;

import java.util.function.Supplier;

/**
 * Whom a registry is told that we are, where the platform knows it better than Docker's config.
 *
 * @param secret asked for at each login, so that it may change meanwhile
 */
public record Login(String user, Supplier<String> secret) {}

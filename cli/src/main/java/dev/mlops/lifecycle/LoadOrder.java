package dev.mlops.lifecycle;

import dev.mlops.loadtest.LoadOverrides;
import dev.mlops.loadtest.LoadSpec;
import java.net.URI;
import java.util.Optional;

/**
 * A load test as it was asked for.
 *
 * @param target in place of the environment's own endpoint
 */
public record LoadOrder(LoadSpec spec, LoadOverrides overrides, Optional<URI> target) {}

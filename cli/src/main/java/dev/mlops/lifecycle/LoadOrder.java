package dev.mlops.lifecycle;

import dev.mlops.loadtest.Baseline;
import dev.mlops.loadtest.Launch;
import dev.mlops.loadtest.LoadDisplay;
import dev.mlops.loadtest.LoadDraft;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A load test as it was asked for.
 *
 * @param target in place of the environment's own endpoint
 * @param launch where the load comes from
 * @param baseline what to compare with
 * @param display how each second is shown
 * @param reports the folder for the report, in place of a new one among the project's
 */
public record LoadOrder(
    LoadDraft draft,
    Optional<URI> target,
    Launch launch,
    Optional<Baseline> baseline,
    LoadDisplay display,
    Optional<Path> reports) {}

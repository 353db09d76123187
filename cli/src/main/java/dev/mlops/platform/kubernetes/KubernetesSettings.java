package dev.mlops.platform.kubernetes;

import dev.mlops.manifest.Owner;

/**
 * Which environment of which project, and where its images lie.
 *
 * @param namespace where objects go that name none of their own
 * @param repository such as {@code registry.example.com/team/iris}
 * @param plainHttp http may be spoken to the registry
 */
public record KubernetesSettings(
    Owner owner, String namespace, String repository, boolean plainHttp) {}

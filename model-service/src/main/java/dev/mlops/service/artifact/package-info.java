/** The folder in which training and serving meet: docs/reference/artifact.md. */
package dev.mlops.service.artifact;

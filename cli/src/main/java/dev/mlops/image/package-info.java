/**
 * Container images without Docker: layers, labels and bill of materials, built by Jib into an OCI
 * layout on disk, and the ways of such a layout from and to registries.
 */
package dev.mlops.image;

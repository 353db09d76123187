/**
 * The ports: what a platform has to be able to do, in the words of releases, replicas and images.
 * {@link dev.mlops.platform.Platform} holds one of each; the packages below are the adapters.
 */
package dev.mlops.platform;

/**
 * The user's own Kubernetes objects as trees, and what a service needs of them. Pure functions: but
 * for reading the folder nothing here has an effect.
 */
package dev.mlops.manifest;

/**
 * Google Kubernetes Engine and what it stands on: project, APIs, accounts, cluster, registry. Each
 * resource is a class with look, compare and ensure; every call goes through {@link
 * dev.mlops.platform.gcp.Policy}.
 */
package dev.mlops.platform.gcp;

/**
 * Platform {@code kubernetes}: any cluster of a kubeconfig, through fabric8's client. The clouds
 * open it with a cluster of their own.
 */
package dev.mlops.platform.kubernetes;

/** Who a pod is to the cloud that it runs in, as the cloud's own metadata server says. */
package dev.mlops.service.identity;

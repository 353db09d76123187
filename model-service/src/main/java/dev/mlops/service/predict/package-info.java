/**
 * From the bytes of a request body to the bytes of the answer. Knows nothing of sockets; one {@link
 * dev.mlops.service.predict.Lane} per thread, so that nothing here is shared or locked.
 */
package dev.mlops.service.predict;

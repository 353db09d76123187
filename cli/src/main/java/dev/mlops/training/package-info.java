/**
 * Models: a request to the model service, in a process here or a job there, and the artifact that
 * comes back.
 */
package dev.mlops.training;

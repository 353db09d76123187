/** Load from workers that run as a job of the platform. */
package dev.mlops.loadtest.cluster;

/** What the batch commands refuse, and how they say so. */
package dev.mlops.service.problem;

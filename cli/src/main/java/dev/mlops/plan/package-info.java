/**
 * The engine: a {@link dev.mlops.plan.Plan} of {@link dev.mlops.plan.Step steps} that name what
 * they need, and the {@link dev.mlops.plan.Runner} that looks, then ensures. It knows nothing of
 * ours.
 */
package dev.mlops.plan;

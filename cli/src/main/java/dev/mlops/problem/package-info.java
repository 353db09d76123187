/**
 * What can go wrong, by stable codes: what happened, why, and one next step. {@link
 * dev.mlops.problem.Code} is the catalogue.
 */
package dev.mlops.problem;

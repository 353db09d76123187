/** GitHub Actions workflows: what is wrong with one, and the ones that the tool writes. */
package dev.mlops.ci;

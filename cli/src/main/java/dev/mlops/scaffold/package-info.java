/** What `mlops init` writes, as pure functions from what is known of the data to texts. */
package dev.mlops.scaffold;

/**
 * The config file: a tree of records that is its own schema, manual and list of defaults, and the
 * reading of YAML with every problem at once, which other files of the user's share.
 */
package dev.mlops.config;

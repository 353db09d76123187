/**
 * What runs, as files that others apply: pure functions from a release's manifests to texts. None
 * of them needs mlops any more.
 */
package dev.mlops.export;

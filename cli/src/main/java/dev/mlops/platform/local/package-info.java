/**
 * The platform {@code local}: a supervisor process on this machine that runs the replicas as plain
 * processes of the image's own files, behind one address. The command line talks to it through
 * {@link dev.mlops.platform.local.SupervisorLink}; all that has to outlive either of them is in
 * {@link dev.mlops.platform.local.LocalFolder}.
 */
package dev.mlops.platform.local;

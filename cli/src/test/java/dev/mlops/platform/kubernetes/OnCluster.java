package dev.mlops.platform.kubernetes;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Of a class whose tests each open an environment on the {@link TestCluster}: where there is none,
 * they are skipped before there is anything to close.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfEnvironmentVariable(
    named = TestCluster.VARIABLE,
    matches = ".+",
    disabledReason = "no cluster: " + TestCluster.VARIABLE + " is not set")
@interface OnCluster {}

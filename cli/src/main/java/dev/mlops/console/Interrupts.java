package dev.mlops.console;

import dev.mlops.problem.ExitCode;
import java.lang.reflect.Proxy;

/**
 * The first Ctrl-C interrupts the command, which then says what goes on and how to pick it up; the
 * second ends the process at once.
 */
public final class Interrupts {
  private Interrupts() {}

  /** Without the JDK's signal class (jdk.unsupported) the JVM's own way stays: end at once. */
  public static void install(Thread command) {
    try {
      // By reflection, because javac warns of every direct use and the warning can't be suppressed.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      int[] count = {0};
      Object onSignal =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (_, _, _) -> {
                if (count[0]++ > 0) {
                  Runtime.getRuntime().halt(ExitCode.INTERRUPTED.status());
                }
                command.interrupt();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), onSignal);
    } catch (ReflectiveOperationException | LinkageError e) {
      // See above.
    }
  }
}

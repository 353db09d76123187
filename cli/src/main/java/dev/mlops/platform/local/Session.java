package dev.mlops.platform.local;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/** The session of processes that a terminal belongs to. */
final class Session {
  private Session() {}

  /**
   * Leaves the session of the terminal that the supervisor was started from, so that neither Ctrl-C
   * there nor its closing reaches it: {@code setsid(2)}, called directly because the command of
   * that name is not everywhere. On Windows there is nothing to leave.
   */
  @SuppressWarnings("restricted") // the launcher and SupervisorStart allow native access
  static void leave() {
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows")) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    MethodHandle setsid =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setsid"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT));
    try {
      // -1 where this process leads a group already: then it has been set apart by who started it.
      int _ = (int) setsid.invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}

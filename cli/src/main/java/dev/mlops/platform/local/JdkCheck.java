package dev.mlops.platform.local;

import dev.mlops.platform.Check;
import dev.mlops.process.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the Java that runs us can also make the images' runtimes. */
record JdkCheck() implements Check {
  @Override
  public String id() {
    return "jdk";
  }

  @Override
  public String title() {
    return "JDK";
  }

  @Override
  public Result look() {
    Path home = Jdk.home();
    return Files.isDirectory(home.resolve("jmods")) || Files.exists(home.resolve("bin/jlink"))
        ? new Result.Fine(Runtime.version() + " in " + home)
        : new Result.Warning(
            "The Java in " + home + " has no jlink: no image can be built with it",
            "Set JAVA_HOME to a JDK");
  }
}

package dev.mlops.image;

import java.util.List;
import java.util.Map;

/**
 * How an image wants to be run.
 *
 * @param entrypoint program and arguments; of our own images only the program is an absolute path
 * @param cmd arguments after the entry point
 * @param workingDir absolute, {@code /} where the image names none
 * @param user {@code user[:group]}, empty for root
 * @param os such as {@code linux}
 * @param architecture such as {@code amd64}
 */
public record ImageConfig(
    List<String> entrypoint,
    List<String> cmd,
    Map<String, String> env,
    String workingDir,
    String user,
    String os,
    String architecture) {

  public ImageConfig {
    entrypoint = List.copyOf(entrypoint);
    cmd = List.copyOf(cmd);
    env = Map.copyOf(env);
  }
}

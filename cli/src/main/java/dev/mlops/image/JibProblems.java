package dev.mlops.image;

import com.google.cloud.tools.jib.api.InsecureRegistryException;
import com.google.cloud.tools.jib.api.RegistryAuthenticationFailedException;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.http.ResponseException;
import dev.mlops.problem.Code;
import dev.mlops.problem.DiskFaults;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/** Jib's failures in the user's words. */
final class JibProblems {
  private JibProblems() {}

  static MlopsException of(Throwable failure, Base base, Path written) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case MlopsException known -> {
          return known;
        }
        case RegistryUnauthorizedException e -> {
          return RegistryProblems.unauthorized(reference(base), "read", e);
        }
        case RegistryAuthenticationFailedException e -> {
          return RegistryProblems.unauthorized(reference(base), "read", e);
        }
        case ResponseException e when e.getStatusCode() == 404 -> {
          return RegistryProblems.notFound(reference(base), e);
        }
        case InsecureRegistryException e -> {
          return RegistryProblems.unreachable(reference(base), e);
        }
        case UnknownHostException e -> {
          return RegistryProblems.unreachable(reference(base), e);
        }
        case ConnectException e -> {
          return RegistryProblems.unreachable(reference(base), e);
        }
        case SocketTimeoutException e -> {
          return RegistryProblems.unreachable(reference(base), e);
        }
        case SSLException e -> {
          return RegistryProblems.unreachable(reference(base), e);
        }
        case FileSystemException e -> {
          return DiskFaults.writing(written, e);
        }
        default -> {}
      }
    }
    return DiskFaults.isFull(failure)
        ? DiskFaults.writing(written, new IOException(failure))
        : Code.IMAGE_BASE.problem(
            "The image could not be put together upon " + base.kind(),
            "",
            "Run the command again with --verbose",
            failure);
  }

  private static ImageReference reference(Base base) {
    return ImageReference.parse(base.kind());
  }
}

package dev.mlops.service.http;

import static dev.mlops.service.http.RunningServer.GOOD;
import static dev.mlops.service.http.RunningServer.get;
import static dev.mlops.service.http.RunningServer.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** The metrics as Prometheus' own tool sees them; where it is not installed this is skipped. */
final class PromtoolTest {
  @Test
  void findsNothingToCorrect() throws Exception {
    try (RunningServer server = RunningServer.ready(10, 1);
        RawClient client = server.client()) {
      for (int i = 0; i < 120; i++) {
        client.send(post(GOOD)).answer();
      }
      client.send(post("{}")).answer();
      client.send(get("/nowhere")).answer();
      assertEquals("", complaints(client.send(get("/metrics")).answer().body()));
    }
  }

  /** What it finds in the page, by its rules for names, types and units, too. */
  private static String complaints(String page) throws IOException, InterruptedException {
    Process promtool;
    try {
      promtool =
          new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    } catch (IOException _) {
      return abort("promtool is not here; Debian has it in the package prometheus");
    }
    try (OutputStream in = promtool.getOutputStream()) {
      in.write(page.getBytes(UTF_8));
    }
    String output = new String(promtool.getInputStream().readAllBytes(), UTF_8);
    int status = promtool.waitFor();
    return status == 0 ? output : "status " + status + ": " + output;
  }
}

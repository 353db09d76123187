package dev.mlops.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;

/** Delivery to the runner's own machine, which keeps what it runs between jobs. */
final class LocalDeliveryIT extends DeliveryFlow {
  private int port;
  private final int number = ThreadLocalRandom.current().nextInt(1, 500);

  @BeforeAll
  void start() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    begin(".mlops/local");
  }

  @Override
  String environments() {
    return """
    dev: {local: {port: %d}}
    prod: {local: {port: %d}}
    """
        .formatted(port, port);
  }

  @Override
  JsonNode status() throws Exception {
    return inWorkspace("status", "-e", "prod");
  }

  @Override
  JsonNode preview(int number) throws Exception {
    return inWorkspace("ci", "preview", "status", Integer.toString(number));
  }

  @Override
  int number() {
    return number;
  }

  @Override
  void clear() throws Exception {
    if (Files.exists(work().resolve("mlops.yaml"))) {
      new Tool(work()).run("destroy", "-e", "prod", "--confirm", "prod");
      new Tool(work()).run("ci", "preview", "down", Integer.toString(number));
    }
  }

  private JsonNode inWorkspace(String... args) throws Exception {
    String[] all = new String[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "-o";
    all[args.length + 1] = "json";
    return new Tool(work()).run(all).expect(0).json();
  }

  private Path work() {
    return temp.resolve("runner/work");
  }
}

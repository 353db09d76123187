package dev.mlops.service.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfferTest {
  @TempDir private Path folder;
  private Offer offer;
  private Thread holder;

  @BeforeEach
  void hold() throws IOException {
    Files.createDirectory(folder.resolve("model"));
    Files.writeString(folder.resolve("secret"), "not offered");
    offer = Offer.open(folder.resolve("model"), 0);
    holder =
        Thread.ofVirtual()
            .start(() -> {
              try {
                offer.await();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
  }

  @AfterEach
  void letGo() throws Exception {
    offer.close();
    holder.join();
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + offer.port() + path);
      return client.send(
          HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  @Test
  void everyByteOfAFileComesOver() throws Exception {
    byte[] content = new byte[5_000_000];
    new Random(1).nextBytes(content);
    Files.write(folder.resolve("model/model.pb"), content);
    HttpResponse<byte[]> answer = get("/model.pb");
    assertEquals(200, answer.statusCode());
    assertTrue(java.util.Arrays.equals(content, answer.body()));
  }

  @Test
  void nothingElseIsOffered() throws Exception {
    assertEquals(404, get("/nothing").statusCode());
    assertEquals(404, get("/").statusCode());
    assertEquals(404, get("/../secret").statusCode());
    assertEquals(404, get("/..").statusCode());
  }

  @Test
  void aClientThatBreaksOffDoesNotEndIt() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), offer.port())) {
      socket.getOutputStream().write("GET /mod".getBytes(UTF_8));
    }
    Files.writeString(folder.resolve("model/card.json"), "{}");
    assertEquals(200, get("/card.json").statusCode());
  }
}

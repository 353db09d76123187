package dev.mlops.service.identity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Duration;

/** Tokens for Google's APIs, of whoever this pod is; each is kept until shortly before its end. */
public final class AccessTokens {
  private static final Duration MARGIN = Duration.ofMinutes(1);
  private static final JsonFactory JSON = new JsonFactory();

  private final MetadataServer server;
  private String token = "";
  private long goodUntil; // by the clock of System.nanoTime

  public AccessTokens(MetadataServer server) {
    this.server = server;
  }

  /**
   * One that is good for a while.
   *
   * @throws IOException if there is none to be had
   */
  public synchronized String get() throws IOException {
    if (token.isEmpty() || System.nanoTime() - goodUntil >= 0) {
      read(
          server
              .get(MetadataServer.DEFAULT_ACCOUNT + "token")
              .orElseThrow(() -> new IOException("the metadata server has no token")));
    }
    return token;
  }

  /** The next one is asked for anew: somebody did not take this one. */
  public synchronized void forget() {
    token = "";
  }

  /** {@code {"access_token": …, "expires_in": seconds}}. */
  private void read(String answer) throws IOException {
    String found = "";
    long seconds = 0;
    try (JsonParser json = JSON.createParser(answer)) {
      json.nextToken();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        switch (name) {
          case "access_token" -> found = json.getText();
          case "expires_in" -> seconds = json.getLongValue();
          default -> json.skipChildren();
        }
      }
    } catch (IOException e) {
      // What the parser says has the text, and the text has a token.
      throw new IOException("the metadata server's token can't be read");
    }
    if (found.isEmpty()) {
      throw new IOException("the metadata server has no token");
    }
    token = found;
    goodUntil = System.nanoTime() + Duration.ofSeconds(seconds).minus(MARGIN).toNanos();
  }
}

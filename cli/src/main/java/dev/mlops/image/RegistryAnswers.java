package dev.mlops.image;

import dev.mlops.platform.Digest;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Whether a base image can be had: it was before, and so is in the cache, or its registry answers
 * now. Asked before minutes are spent on waiting for one that does not.
 */
record RegistryAnswers(BuildCache cache) implements Predicate<String> {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String KIND = "known-bases";

  @Override
  public boolean test(String reference) {
    return cache.find(KIND, Digest.of(reference).hex()).isPresent() || answers(reference);
  }

  void remember(String reference) throws InterruptedException {
    try {
      cache.get(KIND, Digest.of(reference).hex(), _ -> {});
    } catch (IOException e) {
      throw DiskFaults.writing(cache.root(), e);
    }
  }

  private static boolean answers(String reference) {
    URI api = URI.create("https://" + ImageReference.parse(reference).registry() + "/v2/");
    HttpRequest request = HttpRequest.newBuilder(api).timeout(PATIENCE).build();
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .proxy(ProxySelector.getDefault())
            .build()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() < 500;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

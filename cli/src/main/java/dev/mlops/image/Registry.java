package dev.mlops.image;

import dev.mlops.platform.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/**
 * One repository of a registry, by the OCI distribution specification: manifests and blobs as the
 * bytes that they are, so that digests stay what they were.
 */
final class Registry implements BlobSource {
  private static final String MANIFESTS =
      String.join(
          ", ",
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json",
          "application/vnd.docker.distribution.manifest.v2+json");

  /** As the specification asks registries to accept at least. */
  private static final int MOST_MANIFEST_BYTES = 4 << 20;

  private final ImageReference name;
  private final RegistryHttp http;

  Registry(ImageReference name, RegistryHttp http) {
    this.name = name;
    this.http = http;
  }

  @Override
  public Manifest manifest(String version) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        http.send(get("manifests/" + version).header("Accept", MANIFESTS), 200);
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(MOST_MANIFEST_BYTES);
      String type = response.headers().firstValue("Content-Type").orElse("");
      Manifest manifest = new Manifest(bytes, type.replaceFirst(";.*", "").strip());
      if (version.startsWith("sha256:") && !manifest.digest().value().equals(version)) {
        throw new IOException("the registry sent " + manifest.digest() + " for " + version);
      }
      return manifest;
    }
  }

  @Override
  public void fetch(Digest blob, Path file) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = http.send(get("blobs/" + blob), 200);
    MessageDigest algorithm = Digest.sha256();
    try (InputStream body = new DigestInputStream(response.body(), algorithm)) {
      Files.copy(body, file);
    }
    if (!Digest.of(algorithm).equals(blob)) {
      throw new IOException("the registry sent other content than that of " + blob);
    }
  }

  boolean has(Digest blob) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("blobs/" + blob)).method("HEAD", BodyPublishers.noBody());
    try (InputStream _ = http.send(request, 200).body()) {
      return true;
    } catch (RegistryHttp.Refusal e) {
      if (e.status() == 404) {
        return false;
      }
      throw e;
    }
  }

  void upload(Digest blob, Path file) throws IOException, InterruptedException {
    URI place = begin();
    URI whole = URI.create(place + (place.getRawQuery() == null ? "?" : "&") + "digest=" + blob);
    put(whole, "application/octet-stream", BodyPublishers.ofFile(file));
  }

  /** Begins an upload and gives it up. */
  void tryUpload() throws IOException, InterruptedException {
    URI place = begin();
    try {
      http.send(HttpRequest.newBuilder(place).DELETE(), 204).body().close();
    } catch (RegistryHttp.Refusal e) {
      // Not every registry lets one give up; it forgets what is not finished by itself.
    }
  }

  /** Where the bytes of an upload go. */
  private URI begin() throws IOException, InterruptedException {
    HttpRequest.Builder begin =
        HttpRequest.newBuilder(uri("blobs/uploads/")).POST(BodyPublishers.noBody());
    HttpResponse<InputStream> begun = http.send(begin, 202);
    begun.body().close();
    String location =
        begun.headers().firstValue("Location").orElseThrow(() -> new IOException("no Location"));
    return uri("blobs/uploads/").resolve(location);
  }

  void publish(String version, String mediaType, byte[] manifest)
      throws IOException, InterruptedException {
    put(uri("manifests/" + version), mediaType, BodyPublishers.ofByteArray(manifest));
  }

  private void put(URI uri, String mediaType, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).PUT(body).header("Content-Type", mediaType);
    http.send(request, 201).body().close();
  }

  private HttpRequest.Builder get(String path) {
    return HttpRequest.newBuilder(uri(path)).GET();
  }

  private URI uri(String path) {
    return URI.create(http.root() + "/v2/" + name.repository() + "/" + path);
  }
}

package dev.mlops.service.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.service.artifact.Digest;
import dev.mlops.service.json.Json;
import dev.mlops.service.problem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an artifact depends on, as SHA-256 in hexadecimal: equal inputs need no training.
 *
 * @param data of the data file; empty if there is none
 * @param model of the file that a model was imported from; empty if it was trained
 * @param config of the request without paths, {@code version} and {@code git}, as JSON in one line
 *     with sorted keys
 * @param digest of all of them and the version
 */
public record Inputs(String data, String model, String config, String digest) {
  private static final List<String> NOT_CONFIG = List.of("data", "model", "version", "git");

  static Inputs of(Path data, Json request, String version) {
    return of(ofFile(data), "", request, version);
  }

  static Inputs ofImport(Path model, Optional<Path> data, Json request, String version) {
    return of(data.map(Inputs::ofFile).orElse(""), ofFile(model), request, version);
  }

  private static Inputs of(String data, String model, Json request, String version) {
    Map<String, Object> config = new TreeMap<>();
    request.members().forEach((key, value) -> config.put(key, sorted(value.value())));
    config.keySet().removeAll(NOT_CONFIG);
    String configHash = Digest.hex(Json.line(config).getBytes(UTF_8));
    String all =
        "config "
            + configHash
            + "\ndata "
            + data
            + (model.isEmpty() ? "" : "\nmodel " + model)
            + "\nversion "
            + version
            + "\n";
    return new Inputs(data, model, configHash, Digest.hex(all.getBytes(UTF_8)));
  }

  /** As card.json writes it. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("data", data);
    if (!model.isEmpty()) {
      json.put("model", model);
    }
    json.put("config", config);
    json.put("digest", digest);
    return json;
  }

  private static Object sorted(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, v) -> sorted.put(String.valueOf(key), sorted(v)));
        yield sorted;
      }
      case List<?> list -> list.stream().map(Inputs::sorted).toList();
      case null, default -> value;
    };
  }

  private static String ofFile(Path file) {
    MessageDigest sha256 = Digest.sha256();
    try (InputStream content = Files.newInputStream(file)) {
      content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
    } catch (IOException e) {
      throw Code.DATA_UNREADABLE.problem("Can't read " + file, e.toString(), "");
    }
    return HexFormat.of().formatHex(sha256.digest());
  }
}

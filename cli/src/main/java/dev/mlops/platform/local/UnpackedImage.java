package dev.mlops.platform.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.image.ImageConfig;
import dev.mlops.platform.Digest;
import dev.mlops.problem.Code;
import dev.mlops.problem.DiskFaults;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An image's files on this machine, {@code rootfs/}, and beside them {@code layout/}, the image
 * itself, and {@code image.json}, how it wants to be run; that file is written last, so where it is
 * the image is whole.
 */
record UnpackedImage(Path rootfs, ImageConfig config) {
  private static final String CONFIG = "image.json";

  static Path rootfs(Path folder) {
    return folder.resolve("rootfs");
  }

  /** The image as it was published. */
  static Path layout(Path folder) {
    return folder.resolve("layout");
  }

  static boolean isWhole(Path folder) {
    return Files.isRegularFile(folder.resolve(CONFIG)) && Files.isDirectory(rootfs(folder));
  }

  static UnpackedImage read(LocalFolder folder, Digest digest) {
    Path image = folder.image(digest);
    if (!isWhole(image)) {
      throw missing(digest, image);
    }
    try {
      JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(image.resolve(CONFIG)));
      return new UnpackedImage(rootfs(image), config(json));
    } catch (IOException e) {
      throw DiskFaults.damaged(image.resolve(CONFIG), e);
    }
  }

  static MlopsException missing(Digest digest, Path image) {
    return Code.LOCAL_IMAGE.problem(
        "The image " + digest.brief() + " is not on this platform",
        "Its files are not in " + image + ".",
        "mlops up");
  }

  static void writeConfig(Path folder, ImageConfig config) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    add(json.putArray("entrypoint"), config.entrypoint());
    add(json.putArray("cmd"), config.cmd());
    ObjectNode env = json.putObject("env");
    config.env().forEach(env::put);
    json.put("workingDir", config.workingDir());
    json.put("user", config.user());
    json.put("os", config.os());
    json.put("architecture", config.architecture());
    AtomicFile.write(folder.resolve(CONFIG), Json.bytes(json));
  }

  private static void add(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  private static ImageConfig config(JsonNode json) {
    Map<String, String> env = new LinkedHashMap<>();
    json.path("env").properties().forEach(e -> env.put(e.getKey(), e.getValue().asText()));
    return new ImageConfig(
        texts(json.path("entrypoint")),
        texts(json.path("cmd")),
        env,
        json.path("workingDir").asText(),
        json.path("user").asText(),
        json.path("os").asText(),
        json.path("architecture").asText());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}

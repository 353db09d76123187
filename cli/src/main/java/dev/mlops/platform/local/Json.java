package dev.mlops.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Digest;
import dev.mlops.platform.Release;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The records that are saved and sent, as JSON trees: by hand, because binding them by reflection
 * would cost `mlops status` more than all the rest of it.
 */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static byte[] bytes(JsonNode json) {
    return json.toPrettyString().getBytes(UTF_8);
  }

  static ObjectNode of(Desired desired) {
    ObjectNode json = MAPPER.createObjectNode();
    json.set("release", of(desired.release()));
    var manifests = json.putArray("manifests");
    desired.manifests().forEach(manifests::add);
    return json;
  }

  static Desired desired(JsonNode json) {
    List<ObjectNode> manifests = new ArrayList<>();
    json.path("manifests").forEach(object -> manifests.add((ObjectNode) object));
    return new Desired(release(json.path("release")), manifests);
  }

  static ObjectNode of(Release release) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("name", release.name());
    json.put("image", release.image().value());
    ObjectNode facts = json.putObject("facts");
    release.facts().forEach(facts::put);
    return json;
  }

  static Release release(JsonNode json) {
    Map<String, String> facts = new LinkedHashMap<>();
    json.path("facts").properties().forEach(f -> facts.put(f.getKey(), f.getValue().asText()));
    return new Release(json.path("name").asText(), new Digest(json.path("image").asText()), facts);
  }

  static ObjectNode of(Problem problem) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("code", problem.code().id());
    json.put("message", problem.message());
    json.put("why", problem.why());
    json.put("next", problem.next());
    json.put("cause", problem.cause());
    return json;
  }

  static MlopsException problem(JsonNode json) {
    return new MlopsException(
        new Problem(
            Code.find(json.path("code").asText()).orElse(Code.INTERNAL),
            json.path("message").asText(),
            json.path("why").asText(),
            json.path("next").asText(),
            json.path("cause").asText()),
        null);
  }
}

package dev.mlops.platform.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Desired;

/**
 * What the supervisor is told to roll out.
 *
 * @param rollBack whether the former release comes back if this one does not come up
 */
record LocalOrder(Site site, Desired desired, boolean rollBack) {

  ObjectNode toJson() {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.set("site", site.toJson());
    json.set("desired", Json.of(desired));
    return json.put("rollBack", rollBack);
  }

  static LocalOrder of(JsonNode json) {
    return new LocalOrder(
        Site.of(json.path("site")),
        Json.desired(json.path("desired")),
        json.path("rollBack").asBoolean());
  }
}

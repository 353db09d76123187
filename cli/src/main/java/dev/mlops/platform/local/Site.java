package dev.mlops.platform.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Whose service it is and where it listens.
 *
 * @param name of the project, which is the image's name too
 */
record Site(String name, Address address) {

  ObjectNode toJson() {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("name", name);
    json.put("host", address.host());
    json.put("port", address.port());
    return json;
  }

  static Site of(JsonNode json) {
    var address = new Address(json.path("host").asText(), json.path("port").asInt());
    return new Site(json.path("name").asText(), address);
  }
}

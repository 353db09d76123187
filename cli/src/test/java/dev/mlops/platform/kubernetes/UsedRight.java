package dev.mlops.platform.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which rights a call to the API server takes, in the words of {@link Right#title}. */
final class UsedRight {
  private static final Pattern PATH =
      Pattern.compile(
          "/(?:api|apis/(?<group>[^/]+))/[^/]+(?:/namespaces/(?<namespace>[^/]+)(?=/))?"
              + "/(?<resource>[^/]+)(?:/(?<name>[^/]+))?(?:/(?<sub>[^/]+))?");

  private UsedRight() {}

  /** Empty for what everybody may ask: versions, kinds, and who one is. */
  static List<String> of(ApiProxy.Call call) {
    Matcher path = PATH.matcher(call.path());
    if (!path.matches() || path.group("resource").startsWith("selfsubject")) {
      return List.of();
    }
    String group = path.group("group") == null ? "" : "." + path.group("group");
    String sub = path.group("sub") == null ? "" : "/" + path.group("sub");
    List<String> used = new ArrayList<>();
    for (String verb : verbs(call, path.group("name") != null)) {
      used.add(verb + " " + path.group("resource") + sub + group);
    }
    return used;
  }

  /** Server-side apply makes what is not there, and has to be allowed both. */
  private static List<String> verbs(ApiProxy.Call call, boolean named) {
    return switch (call.method()) {
      case "GET" -> List.of(named ? "get" : call.query().contains("watch=true") ? "watch" : "list");
      case "POST" -> List.of("create");
      case "PUT" -> List.of("update");
      case "DELETE" -> List.of(named ? "delete" : "deletecollection");
      case "PATCH" ->
          call.query().contains("fieldValidation") ? List.of("patch", "create") : List.of("patch");
      default -> throw new IllegalArgumentException(call.method());
    };
  }
}

package dev.mlops.ci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mlops.ci.actions.Runner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One repository of GitHub, on loopback, with state. Each request and each answer is held to the
 * published description of the API: what that does not know is refused.
 */
public final class FakeGitHub implements AutoCloseable {
  public static final String REPOSITORY = "flowers/iris";
  public static final String TOKEN = "the-jobs-token";
  private static final String ROOT = "/repos/" + REPOSITORY;
  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

  private record Answer(int status, JsonNode body) {}

  private final HttpServer server;
  private final PublishedApi api = new PublishedApi();
  private final Map<Long, ObjectNode> comments = new TreeMap<>();
  private final Map<Long, Integer> requests = new HashMap<>();
  private final Map<String, Map<String, String>> variables = new TreeMap<>();
  private final Map<String, Set<String>> environments = new TreeMap<>();
  private final List<String> journal = new ArrayList<>();
  private final ObjectNode subject = MAKE.objectNode().put("use_default", true);
  private long nextId = 100;
  private int failures;

  public FakeGitHub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** As a job of Actions has them. */
  public Map<String, String> variablesOfAJob() {
    Map<String, String> of = new LinkedHashMap<>();
    of.put("GITHUB_API_URL", url());
    of.put("GITHUB_REPOSITORY", REPOSITORY);
    of.put("GITHUB_TOKEN", TOKEN);
    of.put("ACTIONS_ID_TOKEN_REQUEST_URL", url() + "/token?api-version=2.0");
    of.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", TOKEN);
    return of;
  }

  /** Bodies of the comments on a request, the oldest first. */
  public synchronized List<String> comments(int request) {
    return comments.entrySet().stream()
        .filter(comment -> requests.get(comment.getKey()) == request)
        .map(comment -> comment.getValue().path("body").asText())
        .toList();
  }

  /** What a person or another program has written. */
  public synchronized void comment(int request, String userType, String body) {
    add(request, userType, body);
  }

  /** Method and path of every call. */
  public synchronized List<String> journal() {
    return List.copyOf(journal);
  }

  /** Of the repository under the empty name, of environments under theirs. */
  synchronized Map<String, Map<String, String>> variables() {
    return variables;
  }

  synchronized Map<String, Set<String>> environments() {
    return environments;
  }

  synchronized ObjectNode subject() {
    return subject;
  }

  /** The next answers are 502. */
  synchronized void fail(int times) {
    failures = times;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    Answer answer;
    try {
      answer = answer(exchange);
    } catch (AssertionError | RuntimeException e) {
      answer = new Answer(500, MAKE.objectNode().put("message", "the fake: " + e));
    }
    byte[] body =
        answer.body().isMissingNode() ? new byte[0] : answer.body().toString().getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private synchronized Answer answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    if (failures > 0) {
      failures--;
      return refused(502, "Server Error");
    }
    String token =
        exchange.getRequestHeaders().getFirst("Authorization").replaceFirst("Bearer ", "");
    if (token.equals(Runner.READ_ONLY) && !method.equals("GET")) {
      return refused(403, "Resource not accessible by integration");
    }
    if (!token.equals(TOKEN) && !token.equals(Runner.READ_ONLY)) {
      return refused(401, "Bad credentials");
    }
    if (path.equals("/token")) {
      return new Answer(
          200, MAKE.objectNode().put("value", token(exchange.getRequestURI().getQuery())));
    }
    journal.add(method + " " + path);
    Optional<JsonNode> operation = api.operation(method, path);
    if (!path.startsWith(ROOT) || operation.isEmpty()) {
      return refused(404, "Not Found");
    }
    byte[] sent = exchange.getRequestBody().readAllBytes();
    JsonNode body = sent.length == 0 ? MAKE.missingNode() : new ObjectMapper().readTree(sent);
    if (operation.get().has("request")) {
      Set<?> faults = PublishedApi.faults(operation.get(), body);
      if (!faults.isEmpty()) {
        return refused(422, faults.toString());
      }
    }
    Answer ours =
        act(
            operation.get().path("operation").asText(),
            path.substring(ROOT.length()),
            body,
            page(exchange));
    return ours.status() >= 300
        ? ours
        : new Answer(
            ours.status(), PublishedApi.answer(operation.get(), ours.status(), ours.body()));
  }

  private Answer act(String operation, String path, JsonNode body, int page) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return switch (operation) {
      case "repos/get" ->
          new Answer(200, MAKE.objectNode().put("id", 4711).put("full_name", REPOSITORY));
      case "issues/list-comments" -> new Answer(200, page(commentsOf(path), page));
      case "issues/create-comment" ->
          new Answer(
              201,
              add(Integer.parseInt(path.split("/", -1)[2]), "Bot", body.path("body").asText()));
      case "issues/update-comment" -> update(Long.parseLong(name), body);
      case "issues/delete-comment" ->
          comments.remove(Long.parseLong(name)) == null
              ? refused(404, "Not Found")
              : new Answer(204, MAKE.missingNode());
      case "actions/get-custom-oidc-sub-claim-for-repo" -> new Answer(200, subject.deepCopy());
      case "actions/list-repo-variables", "actions/list-environment-variables" ->
          new Answer(200, list(scope(path), page));
      case "actions/create-repo-variable", "actions/create-environment-variable" ->
          create(scope(path), body);
      case "actions/update-repo-variable", "actions/update-environment-variable" -> {
        variables.get(scope(path)).put(name, body.path("value").asText());
        yield new Answer(204, MAKE.missingNode());
      }
      case "repos/get-environment" ->
          environments.containsKey(name)
              ? new Answer(200, MAKE.objectNode().put("name", name))
              : refused(404, "Not Found");
      case "repos/create-or-update-environment" -> {
        environments.putIfAbsent(name, new TreeSet<>());
        yield new Answer(200, MAKE.objectNode().put("name", name));
      }
      case "repos/create-deployment-branch-policy" -> {
        environments.get(path.split("/", -1)[2]).add(body.path("name").asText());
        yield new Answer(200, MAKE.objectNode().put("name", body.path("name").asText()));
      }
      case "repos/list-deployment-branch-policies" ->
          new Answer(200, policies(environments.get(path.split("/", -1)[2])));
      default -> refused(404, operation);
    };
  }

  private ObjectNode policies(Set<String> names) {
    ObjectNode answer = MAKE.objectNode().put("total_count", names.size());
    ArrayNode all = answer.putArray("branch_policies");
    names.forEach(name -> all.addObject().put("name", name));
    return answer;
  }

  private Answer create(String scope, JsonNode body) {
    Map<String, String> known = variables.computeIfAbsent(scope, _ -> new TreeMap<>());
    if (known.putIfAbsent(body.path("name").asText(), body.path("value").asText()) != null) {
      return refused(409, "Already exists");
    }
    return new Answer(201, MAKE.objectNode());
  }

  private ObjectNode list(String scope, int page) {
    Map<String, String> known = variables.getOrDefault(scope, Map.of());
    List<ObjectNode> all = new ArrayList<>();
    known.forEach(
        (name, value) -> all.add(MAKE.objectNode().put("name", name).put("value", value)));
    ObjectNode answer = MAKE.objectNode().put("total_count", all.size());
    answer.set("variables", page(all, page));
    return answer;
  }

  private static String scope(String path) {
    return path.startsWith("/environments/") ? path.split("/", -1)[2] : "";
  }

  private List<ObjectNode> commentsOf(String path) {
    int request = Integer.parseInt(path.split("/", -1)[2]);
    return comments.entrySet().stream()
        .filter(comment -> requests.get(comment.getKey()) == request)
        .map(Map.Entry::getValue)
        .toList();
  }

  private ObjectNode add(int request, String userType, String body) {
    long id = nextId++;
    ObjectNode comment = MAKE.objectNode().put("id", id).put("body", body);
    comment.put("html_url", "https://github.com/" + REPOSITORY + "/pull/" + request + "#" + id);
    comment
        .putObject("user")
        .put("type", userType)
        .put("login", userType.toLowerCase(java.util.Locale.ROOT));
    comments.put(id, comment);
    requests.put(id, request);
    return comment;
  }

  private Answer update(long id, JsonNode body) {
    ObjectNode comment = comments.get(id);
    if (comment == null) {
      return refused(404, "Not Found");
    }
    comment.put("body", body.path("body").asText());
    return new Answer(200, comment);
  }

  private static ArrayNode page(List<ObjectNode> all, int page) {
    ArrayNode items = MAKE.arrayNode();
    all.stream().skip((page - 1) * 100L).limit(100).forEach(items::add);
    return items;
  }

  private static int page(HttpExchange exchange) {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    Matcher page = Pattern.compile("(?:^|&)page=(\\d+)").matcher(query);
    return page.find() ? Integer.parseInt(page.group(1)) : 1;
  }

  /** Unsigned, and good for five minutes, as GitHub's are. */
  private static String token(String query) {
    String audience = query.replaceFirst(".*audience=", "");
    long expires = System.currentTimeMillis() / 1000 + 300;
    String claims =
        MAKE.objectNode()
            .put("sub", "repo:" + REPOSITORY + ":environment:preview")
            .put("aud", audience)
            .put("exp", expires)
            .toString();
    return "e30."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8))
        + ".c2ln";
  }

  private static Answer refused(int status, String message) {
    return new Answer(status, MAKE.objectNode().put("message", message));
  }
}

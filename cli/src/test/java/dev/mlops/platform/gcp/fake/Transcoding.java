package dev.mlops.platform.gcp.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.api.serviceusage.v1.ServiceUsageProto;
import com.google.cloud.billing.v1.CloudBillingProto;
import com.google.cloud.resourcemanager.v3.ProjectsProto;
import com.google.container.v1.ClusterServiceProto;
import com.google.devtools.artifactregistry.v1.ServiceProto;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The methods of gRPC over REST too, by the rules that Google publishes with each of them. */
final class Transcoding {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<FileDescriptor> FILES =
      List.of(
          ClusterServiceProto.getDescriptor(),
          ServiceProto.getDescriptor(),
          ServiceUsageProto.getDescriptor(),
          ProjectsProto.getDescriptor(),
          CloudBillingProto.getDescriptor(),
          ServiceAccount.getDescriptor().getFile());

  private static final Pattern VARIABLE = Pattern.compile("\\{([^=}]+)(?:=([^}]+))?}");

  private static final TypeRegistry TYPES = types();

  private Transcoding() {}

  /** For each method its rule and the additional ones. */
  static List<Route> routes(List<Rpc<?, ?>> methods) {
    return methods.stream().flatMap(Transcoding::routes).toList();
  }

  private static Stream<Route> routes(Rpc<?, ?> rpc) {
    return FILES.stream()
        .flatMap(file -> file.getServices().stream())
        .flatMap(service -> service.getMethods().stream())
        .filter(method -> rpc.name().equals(name(method)))
        .map(method -> method.getOptions().getExtension(AnnotationsProto.http))
        .flatMap(rule -> Stream.concat(Stream.of(rule), rule.getAdditionalBindingsList().stream()))
        .map(rule -> route(rpc, rule));
  }

  private static String name(MethodDescriptor method) {
    return method.getService().getFullName() + "/" + method.getName();
  }

  private static <Q extends Message, R extends Message> Route route(Rpc<Q, R> rpc, HttpRule rule) {
    String template =
        switch (rule.getPatternCase()) {
          case GET -> rule.getGet();
          case PUT -> rule.getPut();
          case POST -> rule.getPost();
          case DELETE -> rule.getDelete();
          case PATCH -> rule.getPatch();
          case CUSTOM, PATTERN_NOT_SET -> throw new IllegalStateException(rpc.name());
        };
    List<String> variables = new ArrayList<>();
    Pattern path = pattern(template, variables);
    return new Route(
        rule.getPatternCase().name(),
        path,
        rpc.mutates(),
        rpc.name(),
        request -> print(rpc.work().apply(read(rpc, rule, variables, request))));
  }

  /** {@code /v1/{name=projects/*}/x} to an expression whose groups are v0, v1, …. */
  private static Pattern pattern(String template, List<String> variables) {
    Matcher variable = VARIABLE.matcher(template);
    var expression = new StringBuilder();
    int end = 0;
    while (variable.find()) {
      expression.append(Pattern.quote(template.substring(end, variable.start())));
      String parts = variable.group(2) == null ? "*" : variable.group(2);
      expression
          .append("(?<v" + variables.size() + ">")
          .append(parts.replace("**", ".+").replaceAll("(?<![.+])\\*", "[^/:]+"))
          .append(")");
      variables.add(variable.group(1));
      end = variable.end();
    }
    return Pattern.compile(expression.append(Pattern.quote(template.substring(end))).toString());
  }

  private static <Q extends Message> Q read(
      Rpc<Q, ?> rpc, HttpRule rule, List<String> variables, RestRequest request) {
    ObjectNode all = RestFront.object();
    if (rule.getBody().equals("*")) {
      all.setAll((ObjectNode) request.body());
    } else if (!rule.getBody().isEmpty()) {
      all.set(rule.getBody(), request.body());
    }
    request.queries().forEach((field, values) -> put(all, field, values));
    for (int i = 0; i < variables.size(); i++) {
      put(all, variables.get(i), List.of(request.part("v" + i)));
    }
    return parse(rpc.request(), all);
  }

  /** What is for all methods, such as {@code $alt}, is no field of any. */
  private static void put(ObjectNode all, String field, List<String> values) {
    if (field.startsWith("$") || field.equals("alt") || field.equals("prettyPrint")) {
      return;
    }
    String[] path = field.split("\\.", -1);
    ObjectNode at = all;
    for (int i = 0; i < path.length - 1; i++) {
      at = at.withObjectProperty(path[i]);
    }
    String last = path[path.length - 1];
    if (values.size() == 1 && !last.equals("names")) {
      at.put(last, values.getFirst());
    } else {
      values.forEach(at.putArray(last)::add);
    }
  }

  @SuppressWarnings("unchecked") // A builder of a message makes that message.
  private static <Q extends Message> Q parse(Q type, JsonNode json) {
    try {
      Message.Builder builder = type.newBuilderForType();
      JsonFormat.parser().merge(json.toString(), builder);
      return (Q) builder.build();
    } catch (InvalidProtocolBufferException e) {
      throw ApiFault.invalid("Invalid JSON payload received. " + e.getMessage());
    }
  }

  static JsonNode print(Message message) {
    try {
      return JSON.readTree(JsonFormat.printer().usingTypeRegistry(TYPES).print(message));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TypeRegistry types() {
    TypeRegistry.Builder types = TypeRegistry.newBuilder();
    FILES.forEach(file -> {
      types.add(file.getMessageTypes());
      file.getDependencies().forEach(other -> types.add(other.getMessageTypes()));
    });
    return types.build();
  }
}

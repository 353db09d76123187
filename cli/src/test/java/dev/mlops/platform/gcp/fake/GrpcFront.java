package dev.mlops.platform.gcp.fake;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.Code;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.HandlerRegistry;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** All of the services on one port in plaintext, by their published messages and no stub. */
final class GrpcFront implements AutoCloseable {
  private static final Context.Key<String> AUTHORIZATION = Context.key("authorization");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Gate gate;
  private final Server server;

  GrpcFront(Gate gate, List<Rpc<?, ?>> methods) {
    this.gate = gate;
    Map<String, ServerMethodDefinition<?, ?>> byName = new HashMap<>();
    methods.forEach(method -> byName.put(method.name(), definition(method)));
    try {
      this.server =
          Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
              .executor(threads)
              .intercept(new ReadAuthorization())
              .fallbackHandlerRegistry(new Registry(byName))
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    threads.shutdownNow();
  }

  private static final class Registry extends HandlerRegistry {
    private final Map<String, ServerMethodDefinition<?, ?>> byName;

    Registry(Map<String, ServerMethodDefinition<?, ?>> byName) {
      this.byName = byName;
    }

    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String name, String authority) {
      return byName.get(name);
    }
  }

  private static final class ReadAuthorization implements ServerInterceptor {
    private static final Metadata.Key<String> HEADER =
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      String value = headers.containsKey(HEADER) ? headers.get(HEADER) : "";
      return Contexts.interceptCall(
          Context.current().withValue(AUTHORIZATION, value), call, headers, next);
    }
  }

  private <Q extends Message, R extends Message> ServerMethodDefinition<Q, R> definition(
      Rpc<Q, R> rpc) {
    MethodDescriptor<Q, R> method =
        MethodDescriptor.<Q, R>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(rpc.name())
            .setRequestMarshaller(ProtoUtils.marshaller(rpc.request()))
            .setResponseMarshaller(ProtoUtils.marshaller(rpc.response()))
            .build();
    return ServerMethodDefinition.create(
        method, ServerCalls.asyncUnaryCall((request, answer) -> answer(rpc, request, answer)));
  }

  private <Q extends Message, R extends Message> void answer(
      Rpc<Q, R> rpc, Q request, StreamObserver<R> answer) {
    try {
      var call = new Journal.Call(rpc.name(), json(request), AUTHORIZATION.get(), rpc.mutates());
      R response = gate.pass(call, () -> rpc.work().apply(request));
      answer.onNext(response);
      answer.onCompleted();
    } catch (ApiFault fault) {
      answer.onError(fault.grpc());
    } catch (RuntimeException bug) {
      answer.onError(ApiFault.of(Code.INTERNAL, "the fake failed: " + bug).grpc());
    }
  }

  private static String json(Message request) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(request);
    } catch (InvalidProtocolBufferException e) {
      return request.toString();
    }
  }
}

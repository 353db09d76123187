package dev.mlops.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** A service folder with a small real program in it: trains, warms up and serves as ours does. */
final class StandInService {
  private static final String MAIN =
      """
      package dev.mlops.service;

      import java.io.*;
      import java.net.*;
      import java.nio.file.*;

      public final class Main {
        public static void main(String[] args) throws Exception {
          if (args.length > 0 && args[0].equals("train")) {
            Path out = Path.of(args[4]);
            Files.createDirectories(out);
            Files.writeString(out.resolve("model.pb"), "sample");
          } else if (args.length > 0 && args[0].equals("warm")) {
            System.out.println(new String(dev.mlops.lib.Library.answer()));
          } else {
            serve();
          }
        }

        static void serve() throws Exception {
          String model = Files.readString(Path.of(System.getenv("MODEL_DIR"), "model.pb"));
          int port = Integer.parseInt(System.getenv("PORT"));
          InetAddress host =
              InetAddress.getByName(System.getenv().getOrDefault("HOST", "0.0.0.0"));
          try (ServerSocket server = new ServerSocket(port, 50, host)) {
            while (true) {
              try (Socket socket = server.accept()) {
                BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream()));
                while (!in.readLine().isEmpty()) {}
                String body = model + " " + new String(dev.mlops.lib.Library.answer());
                String head = "HTTP/1.1 200 OK\\r\\nConnection: close\\r\\nContent-Length: ";
                socket.getOutputStream()
                    .write((head + body.length() + "\\r\\n\\r\\n" + body).getBytes());
              }
            }
          }
        }
      }
      """;

  private static final String LIBRARY =
      """
      package dev.mlops.lib;

      public final class Library {
        public static byte[] answer() {
          return "from the library".getBytes();
        }
      }
      """;

  private StandInService() {}

  static Path write(Path folder) throws IOException {
    Path classes = Files.createDirectories(folder.resolveSibling("classes"));
    Path library = source(classes, "dev/mlops/lib/Library", LIBRARY);
    Path main = source(classes, "dev/mlops/service/Main", MAIN);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), library.toString(), main.toString());
    if (status != 0) {
      throw new IOException("the stand-in does not compile");
    }
    Files.createDirectories(folder.resolve("lib"));
    jar(folder.resolve("model-service.jar"), classes, List.of("dev/mlops/service/Main.class"));
    jar(folder.resolve("lib/library-1.2.jar"), classes, List.of("dev/mlops/lib/Library.class"));
    return folder;
  }

  private static Path source(Path classes, String name, String text) throws IOException {
    Path file = classes.resolve(name + ".java");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static void jar(Path jar, Path classes, List<String> names) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (String name : names) {
        entries.putNextEntry(new ZipEntry(name));
        Files.copy(classes.resolve(name), entries);
      }
    }
  }
}

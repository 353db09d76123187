package dev.mlops.service.api;

import dev.mlops.service.http.Content;
import dev.mlops.service.http.Handler;
import dev.mlops.service.http.Request;
import dev.mlops.service.http.Response;
import dev.mlops.service.http.Route;
import dev.mlops.service.http.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The page on which a person tries the model. It takes nothing from anywhere else. */
final class Page {
  private static final String POLICY =
      "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
          + "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'";
  private static final String REFERRER = "Referrer-Policy: no-referrer";

  private Page() {}

  static List<Route> routes() {
    return List.of(
        Route.get(Paths.PAGE, new Asset("page.html", "text/html; charset=utf-8")),
        Route.get(Paths.STYLE, new Asset("page.css", "text/css; charset=utf-8")),
        Route.get(Paths.SCRIPT, new Asset("page.js", "text/javascript; charset=utf-8")));
  }

  /** A file of this package, read when it is first asked for. */
  private static final class Asset implements Handler {
    private final String file;
    private final Content content;
    private volatile byte[] bytes;

    Asset(String file, String type) {
      this.file = file;
      this.content = Content.of(type, POLICY, REFERRER);
    }

    @Override
    public void handle(Request request, Response response) {
      byte[] body = bytes;
      if (body == null) {
        body = read();
        bytes = body;
      }
      response.body().append(body);
      response.send(Status.OK, content);
    }

    private byte[] read() {
      try (InputStream in = Page.class.getResourceAsStream(file)) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

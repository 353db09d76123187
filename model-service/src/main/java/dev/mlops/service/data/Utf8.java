package dev.mlops.service.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.service.problem.Code;
import dev.mlops.service.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text that is UTF-8 or refused; a byte order mark is skipped. */
final class Utf8 {
  private static final int BUFFER = 1 << 16;

  private Utf8() {}

  /** A reader that throws {@link CharacterCodingException} at the first byte that is not UTF-8. */
  static Reader reader(Path path) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(path), BUFFER);
    bytes.mark(3);
    if (!(bytes.read() == 0xEF && bytes.read() == 0xBB && bytes.read() == 0xBF)) {
      bytes.reset();
    }
    return new InputStreamReader(
        bytes, UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
  }

  /** Reads the file again, to name the line with the first byte that is not UTF-8. */
  static ProblemException problem(Path path) {
    return Code.DATA_ENCODING.problem(
        path + " is not UTF-8: see line " + firstBadLine(path),
        "It may have been saved in another encoding",
        "Convert it, for example: iconv -f %s -t UTF-8 '%s' > utf8.csv"
            .formatted(isUtf16(path) ? "UTF-16" : "WINDOWS-1252", path.getFileName()));
  }

  /** By the mark at its beginning, as spreadsheets write it. */
  private static boolean isUtf16(Path path) {
    try (InputStream bytes = Files.newInputStream(path)) {
      int mark = bytes.read() << 8 | bytes.read();
      return mark == 0xFEFF || mark == 0xFFFE;
    } catch (IOException e) {
      return false;
    }
  }

  private static long firstBadLine(Path path) {
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (long number = 1; ; number++) {
        int next;
        while ((next = bytes.read()) >= 0 && next != '\n') {
          line.write(next);
        }
        if (next < 0 || !isUtf8(line.toByteArray())) {
          return number;
        }
        line.reset();
      }
    } catch (IOException e) {
      throw Code.DATA_UNREADABLE.problem("Can't read " + path, String.valueOf(e.getMessage()), "");
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}

package dev.mlops.service.predict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.artifact.SampleArtifact;
import dev.mlops.service.artifact.Schema;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the quick way reads, the whole way reads to the same bits; or the quick way leaves it. */
final class QuickRowTest {
  private static final Schema SCHEMA = SampleArtifact.train().schema();
  private static final String GOOD = "{\"size\":1.5,\"weight\":2,\"colour\":\"red\",\"sold\":true}";
  private static final String LETTERS = "{}[]\":,.+-eE0123456789 \\\t\n\u0001truefalsnusizew";
  private static final int MUTANTS = Integer.getInteger("fuzz.rows", 300_000);

  private final QuickRow quick = new QuickRow(SCHEMA);
  private final RowReader whole = new RowReader(new Slots(SCHEMA), 1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"size\":1.5,\"weight\":2,\"colour\":\"red\",\"sold\":true}",
        " { \"sold\" : false ,\n\"colour\":\"blue\",\"weight\":-3e2,\"size\":0.1 }\r\n\t",
        "{\"size\":123456789012.34,\"weight\":1E-7,\"colour\":\"red\",\"sold\":true}",
        "{\"size\":0,\"weight\":9007199254740.9,\"colour\":\"red\",\"sold\":true}"
      })
  void readsWhatIsPlain(String body) throws Exception {
    double[] row = new double[SCHEMA.features().size()];
    assertTrue(quick(body.getBytes(UTF_8), row));
    assertArrayEquals(whole(body.getBytes(UTF_8)), row);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"size\":1.5,\"weight\":null,\"colour\":\"red\",\"sold\":true}",
        "{\"size\":1.5,\"colour\":\"red\",\"sold\":true}",
        "{\"size\":1.5,\"size\":1.5,\"colour\":\"red\",\"sold\":true}",
        "{\"size\":1.5,\"weight\":2,\"colour\":\"grün\",\"sold\":true}",
        "{\"size\":1.5,\"weight\":2,\"colour\":\"r\\u0065d\",\"sold\":true}",
        "{\"size\":1.5,\"weight\":2,\"colour\":\"red\",\"sold\":true} {}",
        "{\"size\":1.5,\"weight\":2,\"colour\":\"red\",\"sold\":true,\"x\":1}",
        "{\"size\":-0,\"weight\":2,\"colour\":\"red\",\"sold\":true}",
        "{\"size\":01,\"weight\":2,\"colour\":\"red\",\"sold\":true}",
        "{\"size\":1.,\"weight\":2,\"colour\":\"red\",\"sold\":true}",
        "{\"size\":.5,\"weight\":2,\"colour\":\"red\",\"sold\":true}",
        "{\"size\":1e,\"weight\":2,\"colour\":\"red\",\"sold\":true}",
        "{\"size\":1e23,\"weight\":2,\"colour\":\"red\",\"sold\":true}",
        "{\"size\":0.30000000000000004,\"weight\":2,\"colour\":\"red\",\"sold\":true}",
        "[{\"size\":1.5,\"weight\":2,\"colour\":\"red\",\"sold\":true}]",
        "{\"size\":1.5,\"weight\":2,\"colour\":\"red\",\"sold\":true",
        "{\"size\":1.5,\"weight\":2,\"colour\":\"red\",\"sold\":tru",
        "{\"size",
        "{",
        ""
      })
  void leavesWhatIsNot(String body) {
    assertFalse(quick(body.getBytes(UTF_8), new double[SCHEMA.features().size()]));
  }

  @Test
  void readsNumbersToTheSameBits() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    int taken = 0;
    for (int i = 0; i < MUTANTS; i++) {
      String number =
          Long.toString(random.nextLong(-1_000_000_000L, 1_000_000_000L))
              + (random.nextBoolean() ? "." + random.nextInt(1_000_000) : "")
              + (random.nextBoolean() ? "e" + random.nextInt(-30, 30) : "");
      taken += same(GOOD.replace("1.5", number).getBytes(UTF_8)) ? 1 : 0;
    }
    assertTrue(taken > MUTANTS / 2, taken + " were taken");
  }

  @Test
  void agreesOnMutants() throws Exception {
    SplittableRandom random = new SplittableRandom(Long.getLong("fuzz.seed", 5L));
    for (int i = 0; i < MUTANTS; i++) {
      byte[] body = GOOD.getBytes(UTF_8);
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        body = mutate(body, random);
      }
      same(body);
    }
  }

  private static byte[] mutate(byte[] body, SplittableRandom random) {
    int at = random.nextInt(body.length);
    byte letter = (byte) LETTERS.charAt(random.nextInt(LETTERS.length()));
    byte[] mutant = random.nextInt(20) == 0 ? java.util.Arrays.copyOf(body, at + 1) : body.clone();
    if (random.nextInt(3) == 0 && at + 1 < mutant.length) {
      System.arraycopy(body, at, mutant, at + 1, mutant.length - at - 1);
    }
    mutant[at] = random.nextInt(10) == 0 ? (byte) random.nextInt(256) : letter;
    return mutant;
  }

  /**
   * Whether the quick way took the body; if so, the whole way takes it, too, and reads the same.
   */
  private boolean same(byte[] body) throws Exception {
    double[] row = new double[SCHEMA.features().size()];
    if (!quick(body, row)) {
      return false;
    }
    assertArrayEquals(whole(body), row, new String(body, UTF_8));
    return true;
  }

  /** Reads the body from the midst of an array, as it comes from a socket. */
  private boolean quick(byte[] body, double[] row) {
    byte[] bytes = new byte[body.length + 7];
    System.arraycopy(body, 0, bytes, 3, body.length);
    bytes[body.length + 3] = '1';
    return quick.read(bytes, 3, body.length, row);
  }

  private double[] whole(byte[] body) throws Refusal {
    double[] row = new double[SCHEMA.features().size()];
    whole.open(body, 0, body.length);
    assertTrue(whole.next(row));
    assertEquals(false, whole.next(row.clone()));
    return row;
  }
}

package dev.mlops.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonLikenessTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"p\": 0.5}          | {\"p\": 0.500001}    | true",
        "{\"p\": 0.5}          | {\"p\": 0.501}       | false",
        "{\"p\": 100000}       | {\"p\": 100000.5}    | true",
        "{\"p\": 0}            | {\"p\": 0.0}         | true",
        "{\"p\": \"a\"}        | {\"p\": \"b\"}       | false",
        "{\"p\": 1}            | {\"q\": 1}           | false",
        "{\"p\": 1}            | {\"p\": \"1\"}       | false",
        "{\"p\": {\"a\": 1e-7}} | {\"p\": {\"a\": 0}} | true",
        "{\"p\": 1}            |                    | false"
      })
  void comparesNumbersWithAToleranceAndAllElseAsItIs(String one, String other, boolean alike)
      throws Exception {
    var read = JSON.readTree(one);
    var against = other == null ? JSON.missingNode() : JSON.readTree(other);
    assertEquals(alike, new JsonLikeness(1e-5).equals(read, against));
  }
}

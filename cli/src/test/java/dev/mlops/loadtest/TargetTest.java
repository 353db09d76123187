package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8000",
        "http://localhost",
        "http://127.9.9.9:1/",
        "http://[::1]:80"
      })
  void thisMachineMayBeTested(String target) {
    assertDoesNotThrow(() -> Target.requireOwn(URI.create(target), Optional.empty(), List.of()));
  }

  @Test
  void otherHostsOnlyIfTheyAreOnesOwn() {
    URI foreign = URI.create("http://192.0.2.7:80");
    MlopsException e =
        assertThrows(
            MlopsException.class,
            () ->
                Target.requireOwn(
                    foreign, Optional.of(URI.create("http://192.0.2.8")), List.of("192.0.2.9")));
    assertEquals(Code.LOAD_TARGET_FOREIGN, e.problem().code());
    assertDoesNotThrow(
        () -> Target.requireOwn(foreign, Optional.of(URI.create("http://192.0.2.7")), List.of()));
    assertDoesNotThrow(() -> Target.requireOwn(foreign, Optional.empty(), List.of("192.0.2.7")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/x",
        "ftp://127.0.0.1",
        "127.0.0.1",
        "http:///x",
        "http://127.0.0.1/x"
      })
  void whatIsNoTargetIsSaid(String target) {
    MlopsException e =
        assertThrows(
            MlopsException.class,
            () -> Target.requireOwn(URI.create(target), Optional.empty(), List.of()));
    assertEquals(Code.LOAD_TARGET_UNSUPPORTED, e.problem().code());
  }
}

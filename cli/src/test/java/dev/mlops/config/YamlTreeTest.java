package dev.mlops.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTreeTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',                      f:1:1: the file is empty
          '# only a comment',      f:1:1: the file is empty
          '- a',                   'f:1:1: expected keys with values, got a list'
          'plain',                 'f:1:1: expected keys with values, got ''plain'''
          'a: &x 1',               'f:1:4: anchors (&) and aliases (*) are not supported; write the value out'
          'a: *x',                 'f:1:4: anchors (&) and aliases (*) are not supported; write the value out'
          'a: !!int 1',            'f:1:4: tags such as tag:yaml.org,2002:int are not supported'
          'a: {[b]: 1}',           'f:1:5: a key has to be text, not a list'
          'a: [1, 2',              'f:1:9: not valid YAML: expected '','' or '']'', but got <stream end>'
          """)
  void whatCannotBeReadIsSaidWithItsPlace(String yaml, String complaint) {
    assertEquals(complaint, complaint(yaml));
  }

  @Test
  void tabsSecondDocumentsAndStrayCharactersAreNamed() {
    assertEquals(
        "f:2:1: not valid YAML: a tab stands where only spaces may; indent with spaces",
        complaint("a:\n\tb: 1\n"));
    assertEquals(
        "f:2:1: a second document starts here; write one document only",
        complaint("a: 1\n---\nb: 2\n"));
    assertEquals("f:2:1: the character U+0000 may not stand in YAML", complaint("a: 1\nb: \0\n"));
  }

  @Test
  void everyDuplicateKeyIsNamed() {
    var complaints = new Complaints();
    YamlTree.readMapping("a: 1\nb: {c: 1, c: 2}\na: 3\n", "f", complaints);

    assertEquals(
        "[f:2:11: b.c – stands here a second time; the first is at f:2:5,"
            + " f:3:1: a – stands here a second time; the first is at f:1:1]",
        complaints.sorted().toString());
  }

  @Test
  void deepNestingIsBounded() {
    assertEquals(
        "f:1:54: nested more than 50 levels deep",
        complaint("a: " + "[".repeat(60) + "]".repeat(60)));
    assertTrue(complaint("a: " + "[".repeat(100_000)).contains("nested more than"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "on", "0x1F", "1_000", "12:30", "2026-01-01", ".inf", "'1'"})
  void onlyTheCoreSchemaMakesTypes(String value) {
    assertEquals(YamlNode.Kind.TEXT, kind(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-2", "+3", "1.5", ".5", "1e-3", "010"})
  void numbersAreNumbers(String value) {
    assertEquals(YamlNode.Kind.NUMBER, kind(value));
  }

  private static YamlNode.Kind kind(String value) {
    var complaints = new Complaints();
    YamlNode.Mapping root = YamlTree.readMapping("a: " + value, "f", complaints).orElseThrow();
    return ((YamlNode.Scalar) root.entries().get("a").value()).kind();
  }

  private static String complaint(String yaml) {
    var complaints = new Complaints();
    assertEquals(Optional.empty(), YamlTree.readMapping(yaml, "f", complaints));
    assertEquals(1, complaints.sorted().size());
    return complaints.sorted().getFirst().toString();
  }
}
